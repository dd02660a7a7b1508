//! Operations and the API as plain data.

use crate::api::ir::{
    Codec, KeyLocation, Location, OrderedParts, ParameterEncoding, Part, SchemeKind, SchemeUse,
    Server, Status, Style,
};
use crate::names::Ident;
use crate::rust::ir::{Client, ContentData, Method, OperationData, ParameterData, ReplyData};
use crate::tokens::{quote, Literal, Tokens};

/// The static of the API.
pub fn api(client: &Client) -> Tokens {
    let (title, version) = (&client.title, &client.version);
    let servers = servers(&client.servers);
    let schemes = client.schemes.iter().map(|scheme| {
        let (name, kind) = (&scheme.name.wire, scheme_kind(&scheme.kind));
        quote!(v1::Scheme { name: #name, kind: #kind })
    });
    quote! {
        static API: v1::ApiData = v1::ApiData {
            title: #title,
            version: #version,
            servers: &[#(#servers),*],
            schemes: &[#(#schemes),*],
        };
    }
}

fn servers(servers: &[Server]) -> Vec<Tokens> {
    let server = |server: &Server| {
        let url = &server.url;
        let variables = server.variables.iter().map(|variable| {
            let (name, default, values) = (&variable.name, &variable.default, &variable.values);
            quote!(v1::Variable { name: #name, default: #default, values: &[#(#values),*] })
        });
        quote!(v1::Server { url: #url, variables: &[#(#variables),*] })
    };
    servers.iter().map(server).collect()
}

fn scheme_kind(kind: &SchemeKind) -> Tokens {
    match kind {
        SchemeKind::ApiKey { location, name } => {
            let location = match location {
                KeyLocation::Header => quote!(Header),
                KeyLocation::Query => quote!(Query),
                KeyLocation::Cookie => quote!(Cookie),
            };
            quote!(v1::SchemeKind::ApiKey { location: v1::KeyLocation::#location, name: #name })
        }
        SchemeKind::Basic => quote!(v1::SchemeKind::Basic),
        SchemeKind::Bearer => quote!(v1::SchemeKind::Bearer),
        SchemeKind::Digest => quote!(v1::SchemeKind::Digest),
        SchemeKind::OAuth2 {
            client_credentials,
            flows,
        } => {
            let token_url = option(client_credentials.as_ref());
            let flows = flows.iter().map(|flow| {
                let (name, token) = (&flow.name, option(flow.token_url.as_ref()));
                let authorization = option(flow.authorization_url.as_ref());
                quote!(v1::Flow { name: #name, authorization_url: #authorization, token_url: #token })
            });
            quote!(v1::SchemeKind::OAuth2 { token_url: #token_url, flows: &[#(#flows),*] })
        }
        SchemeKind::OpenIdConnect(url) => quote!(v1::SchemeKind::OpenIdConnect { url: #url }),
        // The client sends nothing for either.
        SchemeKind::MutualTls | SchemeKind::Unplaced => quote!(v1::SchemeKind::MutualTls),
        SchemeKind::Other(name) => quote!(v1::SchemeKind::Other(#name)),
    }
}

fn option(text: Option<&String>) -> Tokens {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}

/// The static of one operation.
pub fn operation(method: &Method) -> Tokens {
    static_of(&method.static_name, &method.data, &Tokens::default())
}

/// A static with an operation's data, and these members beside.
pub fn static_of(name: &Ident, data: &OperationData, further: &Tokens) -> Tokens {
    let (id, http, path) = (&data.id, &data.method, &data.path);
    let servers = list("servers", servers(&data.servers));
    let parameters = list(
        "parameters",
        data.parameters.iter().map(parameter).collect(),
    );
    let bodies = list("bodies", data.bodies.iter().map(content).collect());
    let replies = list("replies", data.replies.iter().map(reply).collect());
    let security = data.security.iter().map(|needs| requirement(needs));
    let security = list("security", security.collect());
    let key = data.idempotency_key.as_ref();
    let key = key.map(|name| quote!(idempotency_key: Some(#name),));
    quote! {
        static #name: v1::OperationData = v1::OperationData {
            id: #id,
            method: #http,
            path: #path,
            #further #servers #parameters #bodies #replies #security #key
            ..v1::OperationData::DEFAULT
        };
    }
}

/// A member that is left to the default where it is empty.
fn list(member: &str, items: Vec<Tokens>) -> Option<Tokens> {
    let name: Tokens = match member {
        "servers" => quote!(servers),
        "parameters" => quote!(parameters),
        "bodies" => quote!(bodies),
        "replies" => quote!(replies),
        _ => quote!(security),
    };
    (!items.is_empty()).then(|| quote!(#name: &[#(#items),*],))
}

fn parameter(parameter: &ParameterData) -> Tokens {
    let name = &parameter.name;
    let (constructor, style, explode) = match parameter.location {
        Location::Path => (quote!(path), Style::Simple, false),
        Location::Query => (quote!(query), Style::Form, true),
        Location::Header => (quote!(header), Style::Simple, false),
        Location::Cookie => (quote!(cookie), Style::Form, true),
        Location::QueryString => (quote!(query_string), Style::Form, true),
    };
    let changes = match &parameter.encoding {
        ParameterEncoding::Content(media_type) => quote!(.content(#media_type)),
        ParameterEncoding::Style {
            style: own,
            explode: exploded,
            allow_reserved,
            allow_empty,
        } => {
            let styled = (*own != style).then(|| {
                let word = style_word(*own);
                quote!(.style(v1::Style::#word))
            });
            let usual = if styled.is_some() {
                *own == Style::Form
            } else {
                explode
            };
            let exploded = (*exploded != usual).then(|| quote!(.explode(#exploded)));
            let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
            let empty = allow_empty.then(|| quote!(.allow_empty()));
            quote!(#styled #exploded #reserved #empty)
        }
    };
    quote!(v1::Parameter::#constructor(#name)#changes)
}

fn style_word(style: Style) -> Tokens {
    match style {
        Style::Matrix => quote!(Matrix),
        Style::Label => quote!(Label),
        Style::Simple => quote!(Simple),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::DeepObject => quote!(DeepObject),
    }
}

fn content(content: &ContentData) -> Tokens {
    let media_type = &content.media_type;
    let codec = match content.codec {
        Codec::Json => {
            return quote!(v1::Content::json(#media_type));
        }
        Codec::Form => quote!(Form),
        Codec::FormData => quote!(FormData),
        Codec::Multipart => quote!(Multipart),
        Codec::Text => quote!(Text),
        Codec::EventStream => quote!(EventStream),
        Codec::JsonLines => quote!(JsonLines),
        Codec::Bytes => quote!(Bytes),
    };
    let plain = quote!(v1::Content::new(#media_type, v1::MediaCodec::#codec));
    if let Some(parts) = &content.ordered {
        let ordered = ordered(parts);
        return quote!(v1::Content { ordered: Some(&#ordered), ..#plain });
    }
    if content.parts.is_empty() {
        return plain;
    }
    let parts = content.parts.iter().map(part);
    quote!(v1::Content { parts: &[#(#parts),*], ..#plain })
}

/// The parts of a multipart body that is a list.
fn ordered(parts: &OrderedParts) -> Tokens {
    let first = parts.first.iter().map(part);
    let others = parts.others.as_ref().map(part);
    let others = others.map_or_else(|| quote!(None), |part| quote!(Some(#part)));
    quote!(v1::OrderedParts { first: &[#(#first),*], others: #others })
}

/// A property of a form or multipart body.
fn part(part: &Part) -> Tokens {
    let name = &part.name;
    let content_type = part.content_type.as_ref();
    let content_type = content_type.map(|media_type| quote!(.content_type(#media_type)));
    let encoding = part.encoding.as_ref().map(|encoding| match encoding {
        ParameterEncoding::Content(_) => quote!(),
        ParameterEncoding::Style {
            style,
            explode,
            allow_reserved,
            ..
        } => {
            let style = style_word(*style);
            let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
            quote!(.style(v1::Style::#style, #explode)#reserved)
        }
    });
    let headers = part.headers.iter();
    let headers = headers.map(|(name, value)| quote!((#name, #value)));
    let headers = (!part.headers.is_empty()).then(|| quote!(.headers(&[#(#headers),*])));
    quote!(v1::PartData::new(#name)#content_type #encoding #headers)
}

fn reply(reply: &ReplyData) -> Tokens {
    let contents = reply.contents.iter().map(content);
    let contents = quote!(&[#(#contents),*]);
    match reply.status {
        Status::Exact(code) => {
            let code = Literal::integer(code);
            quote!(v1::Reply::new(#code, #contents))
        }
        Status::Range(class) => {
            let class = Literal::integer(class);
            quote!(v1::Reply::range(#class, #contents))
        }
        Status::Default => quote!(v1::Reply::other(#contents)),
    }
}

fn requirement(needs: &[SchemeUse]) -> Tokens {
    let needs = needs.iter().map(|need| {
        let (scheme, scopes) = (&need.scheme, &need.scopes);
        let scopes = (!scopes.is_empty()).then(|| quote!(.scopes(&[#(#scopes),*])));
        quote!(v1::Need::scheme(#scheme)#scopes)
    });
    quote!(&[#(#needs),*])
}
