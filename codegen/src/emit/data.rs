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
        quote!(rt::Scheme { name: #name, kind: #kind })
    });
    quote! {
        static API: rt::ApiSpec = rt::ApiSpec {
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
            quote!(rt::Variable { name: #name, default: #default, values: &[#(#values),*] })
        });
        quote!(rt::Server { url: #url, variables: &[#(#variables),*] })
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
            quote!(rt::SchemeKind::ApiKey { location: rt::KeyLocation::#location, name: #name })
        }
        SchemeKind::Basic => quote!(rt::SchemeKind::Basic),
        SchemeKind::Bearer => quote!(rt::SchemeKind::Bearer),
        SchemeKind::Digest => quote!(rt::SchemeKind::Digest),
        SchemeKind::OAuth2 {
            client_credentials,
            flows,
        } => {
            let token_url = option(client_credentials.as_ref());
            let flows = flows.iter().map(|flow| {
                let (name, token) = (&flow.name, option(flow.token_url.as_ref()));
                let authorization = option(flow.authorization_url.as_ref());
                quote!(rt::Flow { name: #name, authorization_url: #authorization, token_url: #token })
            });
            quote!(rt::SchemeKind::OAuth2 { token_url: #token_url, flows: &[#(#flows),*] })
        }
        SchemeKind::OpenIdConnect(url) => quote!(rt::SchemeKind::OpenIdConnect { url: #url }),
        // The client sends nothing for either.
        SchemeKind::MutualTls | SchemeKind::Unplaced => quote!(rt::SchemeKind::MutualTls),
        SchemeKind::Other(name) => quote!(rt::SchemeKind::Other(#name)),
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
        static #name: rt::OperationSpec = rt::OperationSpec {
            id: #id,
            method: #http,
            path: #path,
            #further #servers #parameters #bodies #replies #security #key
            ..rt::OperationSpec::DEFAULT
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
            nested,
        } => {
            let styled = (*own != style).then(|| {
                let word = style_word(*own);
                quote!(.style(rt::Style::#word))
            });
            let usual = if styled.is_some() {
                *own == Style::Form
            } else {
                explode
            };
            let exploded = (*exploded != usual).then(|| quote!(.explode(#exploded)));
            let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
            let empty = allow_empty.then(|| quote!(.allow_empty()));
            let nested = self::nested(nested);
            quote!(#styled #exploded #reserved #empty #nested)
        }
    };
    quote!(rt::Parameter::#constructor(#name)#changes)
}

/// The styles of lists within a list.
fn nested(styles: &[Style]) -> Option<Tokens> {
    let words = styles.iter().map(|style| style_word(*style));
    (!styles.is_empty()).then(|| quote!(.nested(&[#(rt::Style::#words),*])))
}

fn style_word(style: Style) -> Tokens {
    match style {
        Style::Matrix => quote!(Matrix),
        Style::Label => quote!(Label),
        Style::Simple => quote!(Simple),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::TabDelimited => quote!(TabDelimited),
        Style::DeepObject => quote!(DeepObject),
    }
}

fn content(content: &ContentData) -> Tokens {
    let media_type = &content.media_type;
    let codec = match content.codec {
        Codec::Json => {
            return quote!(rt::Content::json(#media_type));
        }
        Codec::Form => quote!(Form),
        Codec::FormData => quote!(FormData),
        Codec::Multipart => quote!(Multipart),
        Codec::Text => quote!(Text),
        Codec::EventStream => quote!(EventStream),
        Codec::JsonLines => quote!(JsonLines),
        Codec::Bytes => quote!(Bytes),
    };
    let plain = quote!(rt::Content::new(#media_type, rt::MediaCodec::#codec));
    if let Some(parts) = &content.ordered {
        let ordered = ordered(parts);
        return quote!(rt::Content { ordered: Some(&#ordered), ..#plain });
    }
    if content.parts.is_empty() {
        return plain;
    }
    let parts = content.parts.iter().map(part);
    quote!(rt::Content { parts: &[#(#parts),*], ..#plain })
}

/// The parts of a multipart body that is a list.
fn ordered(parts: &OrderedParts) -> Tokens {
    let first = parts.first.iter().map(part);
    let others = parts.others.as_ref().map(part);
    let others = others.map_or_else(|| quote!(None), |part| quote!(Some(#part)));
    quote!(rt::OrderedParts { first: &[#(#first),*], others: #others })
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
            nested,
            ..
        } => {
            let nested = self::nested(nested);
            let style = style_word(*style);
            let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
            quote!(.style(rt::Style::#style, #explode)#reserved #nested)
        }
    });
    let headers = part.headers.iter();
    let headers = headers.map(|(name, value)| quote!((#name, #value)));
    let headers = (!part.headers.is_empty()).then(|| quote!(.headers(&[#(#headers),*])));
    quote!(rt::PartSpec::new(#name)#content_type #encoding #headers)
}

fn reply(reply: &ReplyData) -> Tokens {
    let contents = reply.contents.iter().map(content);
    let contents = quote!(&[#(#contents),*]);
    match reply.status {
        Status::Exact(code) => {
            let code = Literal::integer(code);
            quote!(rt::Reply::new(#code, #contents))
        }
        Status::Range(class) => {
            let class = Literal::integer(class);
            quote!(rt::Reply::range(#class, #contents))
        }
        Status::Default => quote!(rt::Reply::other(#contents)),
    }
}

fn requirement(needs: &[SchemeUse]) -> Tokens {
    let needs = needs.iter().map(|need| {
        let (scheme, scopes) = (&need.scheme, &need.scopes);
        let scopes = (!scopes.is_empty()).then(|| quote!(.scopes(&[#(#scopes),*])));
        quote!(rt::SecurityNeed::scheme(#scheme)#scopes)
    });
    quote!(&[#(#needs),*])
}
