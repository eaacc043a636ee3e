//! LINE Login channels on the settings page.

use super::here::{name, sim};
use crate::{
    error::{AppError, Reason},
    simulator::{
        mint,
        model::LoginCard,
        world::{World, login::LoginChannel},
    },
};

impl World {
    /// The login channels, with what has to be pasted into a service.
    pub fn login_cards(&self, base: &str) -> Vec<LoginCard> {
        let apps = |channel: &str| {
            let own = self.liff_apps.iter().filter(|(_, app)| app.channel == channel);
            own.map(|(id, app)| (format!("{base}/liff/{id}"), app.endpoint().to_owned())).collect()
        };
        self.logins
            .channels
            .values()
            .map(|channel| LoginCard {
                id: channel.id.clone(),
                secret: channel.secret.clone(),
                name: channel.name.clone(),
                provider: channel.provider.clone(),
                redirects: channel.redirect_uris.join("\n"),
                linked: channel.channel.clone().unwrap_or_default(),
                email: channel.email,
                native: channel.native,
                apps: apps(&channel.id),
            })
            .collect()
    }
}

/// Makes a channel, or changes the one with this id.
pub fn set(card: LoginCard) -> Result<(), AppError> {
    let name = name(&card.name)?;
    let wrong = |field: &str| AppError::field(field, Reason::Invalid);
    let redirect_uris: Vec<String> =
        card.redirects.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    if redirect_uris.iter().any(|url| url.contains('#') || reqwest::Url::parse(url).is_err()) {
        return Err(wrong("redirects"));
    }
    let provider = card.provider.trim().to_owned();
    let channel = Some(card.linked).filter(|linked| !linked.is_empty());
    if channel.is_some() && !provider.is_empty() {
        return Err(wrong("linked"));
    }
    sim()?.with(|world| {
        if channel.as_ref().is_some_and(|channel| !world.channels.contains_key(channel)) {
            return Err(AppError::NotFound);
        }
        let (id, secret) = if card.id.is_empty() {
            (mint::channel_id(), mint::hex(32))
        } else {
            let known = world.logins.channels.get(&card.id).ok_or(AppError::NotFound)?;
            (known.id.clone(), known.secret.clone())
        };
        let (email, native) = (card.email, card.native);
        world.put_login_channel(LoginChannel { id, secret, name, provider, redirect_uris, channel, email, native });
        Ok(())
    })
}
