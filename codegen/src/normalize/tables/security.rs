//! Security schemes.

use crate::normalize::kinds::{row, Form, Kind, Row, ALL, V2, V3, V32};

const FLOW_OBJECT: Form = Form::Inline(Kind::Flow);
const SCOPES: Form = Form::Map(&Form::Text);

pub const SECURITY_SCHEME: &[Row] = &[
    row("type", Form::Text, ALL),
    row("description", Form::Text, ALL),
    row("name", Form::Text, ALL),
    row("in", Form::Text, ALL),
    row("scheme", Form::Text, V3),
    row("bearerFormat", Form::Text, V3),
    row("flows", Form::Inline(Kind::Flows), V3),
    row("openIdConnectUrl", Form::Text, V3),
    row("oauth2MetadataUrl", Form::Text, V32),
    row("deprecated", Form::Bool, V32),
    row("flow", Form::Text, V2),
    row("authorizationUrl", Form::Text, V2),
    row("tokenUrl", Form::Text, V2),
    row("scopes", SCOPES, V2),
];

pub const FLOWS: &[Row] = &[
    row("implicit", FLOW_OBJECT, V3),
    row("password", FLOW_OBJECT, V3),
    row("clientCredentials", FLOW_OBJECT, V3),
    row("authorizationCode", FLOW_OBJECT, V3),
    row("deviceAuthorization", FLOW_OBJECT, V32),
];

pub const FLOW: &[Row] = &[
    row("authorizationUrl", Form::Text, V3),
    row("deviceAuthorizationUrl", Form::Text, V32),
    row("tokenUrl", Form::Text, V3),
    row("refreshUrl", Form::Text, V3),
    row("scopes", SCOPES, V3),
];
