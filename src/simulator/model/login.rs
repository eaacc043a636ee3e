//! A LINE Login channel as the settings page shows it.

use serde::{Deserialize, Serialize};

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginCard {
    /// Ten digits; empty for a new one.
    pub id: String,
    /// 32 hex digits.
    pub secret: String,
    /// What the service is called.
    pub name: String,
    /// Empty for the provider of the accounts.
    pub provider: String,
    /// Callback URLs, one a line.
    pub redirects: String,
    /// The linked account's channel id; empty for none.
    pub linked: String,
    /// May ask for e-mail addresses.
    pub email: bool,
    /// A mobile app.
    pub native: bool,
    /// LIFF URLs of its apps, and where each opens.
    pub apps: Vec<(String, String)>,
}
