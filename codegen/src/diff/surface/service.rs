//! The server: its traits, and what their handlers are given and return.

use super::{Builder, Kind, Source};
use crate::api::model::Operation;
use crate::emit::signature;
use crate::lower::model::{
    BodyContent, Handler, HandlerBody, HandlerFile, Record, Security, Service,
};
use crate::names::{nodes, Ident};

impl Builder<'_> {
    pub(super) fn service(&mut self, service: &Service) {
        let source = Source::unplaced("server");
        for function in ["router", "routes"] {
            self.add(format!("server::{function}()"), Kind::Method, "", &source.part(function));
        }
        if let Some(security) = &service.security {
            self.security(security, &source.part("security"));
        }
        for file in &service.files {
            self.handlers(file, &source);
        }
    }

    fn security(&mut self, security: &Security, source: &Source) {
        let path = format!("server::{}", security.name.text());
        self.add(path.clone(), Kind::Type, "trait", source);
        for scheme in &security.schemes {
            let declared = self.api.security_schemes.get(&scheme.name.wire);
            let mut source =
                Source::unplaced(format!("security scheme {}", scheme.name.wire)).part("handler");
            if let Some(declared) = declared {
                source = source.at(&declared.at.place);
            }
            let path = format!("{path}::{}()", scheme.name.ident.text());
            self.add(path, Kind::Handler, "", &source);
        }
    }

    fn handlers(&mut self, file: &HandlerFile, source: &Source) {
        let path = format!("server::{}", file.name.text());
        let tag = file.tag.as_ref().map_or("", |tag| tag.name.as_str());
        self.add(path.clone(), Kind::Type, "trait", &source.part(&format!("tag {tag}")));
        for handler in &file.handlers {
            let mut operations = self.api.operations.iter();
            let operation = operations.find(|operation| operation.id == handler.id);
            if let Some(operation) = operation {
                self.handler(&path, handler, operation);
            }
        }
    }

    fn handler(&mut self, owner: &str, handler: &Handler, operation: &Operation) {
        let source = Source::unplaced(nodes::operation(operation)).at(&operation.at.place);
        let path = format!("{owner}::{}()", handler.name.text());
        self.add(path, Kind::Handler, signature::handler(handler), &source.part("handler"));
        if let Some(record) = &handler.parameters {
            let source = source.part("parameters");
            let path = self.server_record(record, &source);
            if handler.validation.is_some() {
                let path = format!("{path}::validate()");
                self.add(path, Kind::Method, "", &source.part("validate"));
            }
        }
        if let Some(body) = &handler.body {
            self.server_body(body, &source);
        }
        let path = format!("server::{}", handler.reply.name.text());
        self.server_enum(&path, &source.part("reply"));
        for variant in &handler.reply.variants {
            let Some(response) = operation.responses.get(variant.response) else {
                continue;
            };
            let index = variant.index.unwrap_or_default();
            let part = nodes::response_part(response, index);
            let path = format!("{path}::{}", variant.ident.text());
            self.add(path, Kind::Variant, signature::reply_variant(variant), &source.part(&part));
            if let Some(headers) = &variant.headers {
                self.server_record(headers, &source.part(&format!("headers of {part}")));
            }
        }
    }

    /// Adds a struct and its parts; returns its path.
    fn server_record(&mut self, record: &Record, source: &Source) -> String {
        let path = format!("server::{}", record.name.text());
        self.add(path.clone(), Kind::Type, "struct", source);
        self.traits(&path, ["Clone", "Debug", "PartialEq"], source);
        self.record(&path, record, source);
        path
    }

    fn server_enum(&mut self, path: &str, source: &Source) {
        self.add(path, Kind::Type, "enum", source);
        self.traits(path, ["Debug"], source);
    }

    fn server_body(&mut self, body: &HandlerBody, source: &Source) {
        if let BodyContent::Several(name, cases) = &body.content {
            let path = format!("server::{}", name.text());
            self.server_enum(&path, &source.part("owned body"));
            for case in cases {
                let source = source.part(&format!("body/{}", case.media_type));
                let ty = signature::body_decoder(&case.decoder);
                self.server_variant(&path, &case.ident, ty, &source);
            }
        }
        for parts in &body.parts {
            let source = source.part(&format!("part of {}", parts.media_type));
            let path = format!("server::{}", parts.name.text());
            self.server_enum(&path, &source);
            for part in &parts.parts {
                let ty = signature::part(part);
                self.server_variant(&path, &part.name.ident, ty, &source.part(&part.name.wire));
            }
        }
    }

    fn server_variant(&mut self, path: &str, ident: &Ident, ty: String, source: &Source) {
        self.add(format!("{path}::{}", ident.text()), Kind::Variant, format!("({ty})"), source);
    }
}
