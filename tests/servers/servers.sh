# How each server is installed and started, and where its document comes from. `run` sources this.
#
# A function start_NAME starts the server at ${url[NAME]} in the folder $data/NAME and writes its document to $document.
# It uses `skip` where something cannot be had here, and `broken` where something that is here does not work.
# shellcheck shell=bash disable=SC2034,SC2154

servers=(alertmanager powerdns etcd jupyter)

# Packages of Debian, and the programs that they bring.
declare -A packages=(
    [alertmanager]="prometheus-alertmanager"
    [powerdns]="pdns-server pdns-backend-sqlite3 sqlite3"
    [etcd]="etcd-server"
)
declare -A programs=(
    [alertmanager]="prometheus-alertmanager"
    [powerdns]="pdns_server sqlite3"
    [etcd]="etcd"
)

# Packages of PyPI.
jupyter_packages=(jupyter_server==2.21.1 ipykernel==7.4.0)
jupyter="$(printf '%s-' "${jupyter_packages[@]}")"
jupyter="$cache/${jupyter//==/-}installed"

installed() {
    local program
    for program in ${programs[$1]}; do
        command -v "$program" >/dev/null || return 1
    done
}

# The services that come with the packages are not started.
apt_install() {
    export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
    apt-get install -y -q --no-install-recommends "$@" >>"$work/logs/apt.log" 2>&1
}

# Debian's packages of these servers that are not there yet: all at once, as that is faster, or those that can be had.
install_packages() {
    local name all="" missing=()
    for name in "$@"; do
        [ -z "${packages[$name]:-}" ] || installed "$name" || missing+=("$name")
    done
    [ "${#missing[@]}" -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
    for name in "${missing[@]}"; do all+=" ${packages[$name]}"; done
    # shellcheck disable=SC2086
    apt_install $all && return 0
    # The lists of packages may be too old.
    apt-get update -q >>"$work/logs/apt.log" 2>&1 || true
    for name in "${missing[@]}"; do
        # shellcheck disable=SC2086
        apt_install ${packages[$name]} || true
    done
}

# In a folder of their own, which is there whole or not at all.
install_jupyter() {
    [ ! -d "$jupyter" ] || return 0
    rm -rf "$jupyter.part"
    python3 -m pip install --quiet --no-warn-script-location --target "$jupyter.part" "${jupyter_packages[@]}" \
        >"$work/logs/pip.log" 2>&1 && mv -T "$jupyter.part" "$jupyter"
}

# Prints a file of a package of Debian, which need not be installed: not every system keeps documentation.
from_package() {
    local package="$1" version="$2" path="$3" file
    file="$cache/${package}_$version.deb"
    if [ ! -f "$file" ]; then
        (cd "$data" && apt-get download -q "$package=$version" && mv "$package"_*.deb "$file") \
            >"$work/logs/$package.log" 2>&1 || return 1
    fi
    dpkg-deb --fsys-tarfile "$file" | tar -xO "./$path"
}

# The version of an installed package, or that of its source, as dpkg's field names it.
version_of() {
    dpkg-query -W -f "\${$2}" "$1" 2>/dev/null
}

start_alertmanager() {
    installed alertmanager || skip alertmanager "its package cannot be installed" || return
    local version source=usr/share/gocode/src/github.com/prometheus/alertmanager/api/v2/restapi/embedded_spec.go
    version="$(version_of prometheus-alertmanager source:Version)" &&
        from_package golang-github-prometheus-alertmanager-dev "$version" "$source" >"$data/embedded_spec.go" ||
        skip alertmanager "the package with its document cannot be had" || return
    # The server does not hand its document out; it is in its source, in backquotes.
    sed -n '/^\tSwaggerJSON = /,/^}`))$/p' "$data/embedded_spec.go" | sed '1s/.*`//; $s/`.*//' >"$document"
    cat >"$data/alertmanager/alertmanager.yml" <<CONFIG
route: { receiver: nobody, group_wait: 0s }
receivers: [{ name: nobody }]
CONFIG
    serve alertmanager prometheus-alertmanager --config.file=alertmanager.yml --storage.path=storage \
        --web.listen-address="${url[alertmanager]#http://}" --cluster.listen-address=
}

start_powerdns() {
    installed powerdns || skip powerdns "its packages cannot be installed" || return
    command -v curl >/dev/null || skip powerdns "there is no curl, which fetches its document" || return
    sqlite3 "$data/powerdns/zones" </usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql 2>"$work/logs/sqlite3.log" ||
        broken powerdns "has no database" "$work/logs/sqlite3.log" || return
    free_port
    cat >"$data/powerdns/pdns.conf" <<CONFIG
launch=gsqlite3
gsqlite3-database=$data/powerdns/zones
gsqlite3-dnssec=yes
local-address=127.0.0.1
local-port=$free
socket-dir=$data/powerdns
security-poll-suffix=
api=yes
api-key=secret
webserver=yes
webserver-address=127.0.0.1
webserver-port=${url[powerdns]##*:}
CONFIG
    serve powerdns pdns_server --config-dir="$data/powerdns" --guardian=no --daemon=no || return
    curl -fsS -H 'X-API-Key: secret' -H 'Accept: application/json' "${url[powerdns]}/api/docs" \
        >"$document" 2>"$work/logs/curl.log" || broken powerdns "does not hand out its document" "$work/logs/curl.log"
}

start_etcd() {
    installed etcd || skip etcd "its package cannot be installed" || return
    local version source=usr/share/doc/etcd-server/dev-guide/apispec/swagger/rpc.swagger.json.gz
    version="$(version_of etcd-server Version)" &&
        from_package etcd-server "$version" "$source" | gunzip >"$document" ||
        skip etcd "the package with its document cannot be had" || return
    free_port
    serve etcd etcd --data-dir=data --listen-client-urls="${url[etcd]}" --advertise-client-urls="${url[etcd]}" \
        --listen-peer-urls="http://127.0.0.1:$free" --initial-advertise-peer-urls="http://127.0.0.1:$free" \
        --initial-cluster="default=http://127.0.0.1:$free"
}

start_jupyter() {
    wait "$jupyter_installs" || skip jupyter "its packages cannot be installed: $(tail -n 1 "$work/logs/pip.log")" || return
    cp "$jupyter/jupyter_server/services/api/api.yaml" "$document"
    mkdir "$data/jupyter/files"
    serve jupyter env HOME="$data/jupyter" PYTHONPATH="$jupyter" JUPYTER_PATH="$jupyter/share/jupyter" \
        JUPYTER_CONFIG_PATH="$jupyter/etc/jupyter" python3 -m jupyter_server --no-browser --allow-root \
        --ServerApp.ip=127.0.0.1 --ServerApp.port="${url[jupyter]##*:}" --ServerApp.port_retries=0 \
        --ServerApp.root_dir="$data/jupyter/files" --IdentityProvider.token=secret
}
