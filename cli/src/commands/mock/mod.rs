//! `typewright mock`: a server that answers as a document says, and checks what it is asked.
//!
//! A request is routed (`routes`), checked (`security`, `parameters`, `body`) and answered (`response`, `sample`); the network is
//! in `server`.

mod body;
mod fault;
mod form;
mod handler;
mod log;
mod media;
mod pairs;
mod parameters;
mod prefer;
mod request;
mod response;
mod routes;
mod sample;
mod security;
mod server;
mod styles;
mod template;
#[cfg(test)]
mod tests;
mod typed;
mod xml;

use crate::args::Mock as Arguments;
use crate::paths::configuration_folder;
use crate::remote::{self, Request};
use crate::report::{Reporter, Status};
use std::io::{Error, ErrorKind};
use std::net::TcpListener;
use typewright::Options;

/// Serves a mock of a document until the process is ended.
pub fn run(arguments: &Arguments, reporter: &Reporter) -> Status {
    let request = Request {
        document: &arguments.document,
        root: arguments.root.as_deref(),
        base: &configuration_folder(None),
        fetch: true,
    };
    let Some(opened) = remote::open(request, reporter) else {
        return Status::Failed;
    };
    let options = Options::new(|options| options.overlays = arguments.overlay.clone());
    let loader = reporter.observed(opened.loader.as_ref());
    let analysed = typewright::analyse_for_server(&opened.entry, &loader, &options);
    let stops = reporter.report_in_short(&opened.entry, &analysed.files, &analysed.diagnostics);
    let Some(api) = analysed.api.filter(|_| !stops) else {
        return Status::Failed;
    };
    let (host, port) = (arguments.host.as_str(), arguments.port);
    let listener = TcpListener::bind((host, port));
    let bound = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (address, listener) = match bound {
        Ok(bound) => bound,
        Err(error) => {
            reporter.failure(&obstacle(host, port, &error));
            return Status::Failed;
        }
    };
    let log = reporter.log();
    reporter.print(&format!("listening on http://{address}\n"));
    let site = server::Site { mock: handler::Mock::new(api, arguments.errors), log };
    if let Err(error) = server::serve(listener, site) {
        reporter.failure(&format!("http://{address} cannot be served: {error}"));
    }
    Status::Failed
}

/// Words for the failure to listen.
fn obstacle(host: &str, port: u16, error: &Error) -> String {
    let address = format!("`{host}`, port {port}");
    let reason = if error.kind() == ErrorKind::AddrInUse {
        "it is in use; `--port` takes another one, and `--port 0` any that is free".to_owned()
    } else if error.kind() == ErrorKind::PermissionDenied {
        "this user may not use it; `--port` takes another one".to_owned()
    } else if error.kind() == ErrorKind::AddrNotAvailable {
        "this machine has no such address".to_owned()
    } else {
        error.to_string()
    };
    format!("{address}: {reason}")
}
