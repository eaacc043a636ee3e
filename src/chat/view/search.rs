//! Searching: the box above the list, and what was found in place of the list. What is asked stands in the address,
//! so that it can be gone back to, reloaded, and given to a colleague.

mod address;
mod ask;
mod filters;
mod results;

pub use address::Ask;
pub use ask::SearchBox;
pub use results::Results;

use crate::{
    browser,
    chat::{
        api,
        live::feed::ask_to_log_in,
        model::search::{Found, Question},
    },
    error::AppError,
    id::AccountId,
};
use leptos::{prelude::*, task::spawn_local};

/// What is asked, and what was found; copy it freely.
#[derive(Clone, Copy)]
pub struct Search {
    account: AccountId,
    /// What the address asks for.
    pub ask: Memo<Ask>,
    shown: RwSignal<Shown>,
    busy: RwSignal<bool>,
    /// Counts the questions: an answer to an earlier one is dropped.
    turn: StoredValue<u32>,
}

/// What is on the screen.
#[derive(Clone, Default)]
struct Shown {
    /// The answer is to this.
    question: Option<(Ask, Question)>,
    found: Found,
    trouble: Option<AppError>,
}

impl Search {
    /// Nothing is asked for before the page is alive.
    pub fn new(account: AccountId, ask: Memo<Ask>) -> Self {
        Self { account, ask, shown: RwSignal::default(), busy: RwSignal::new(false), turn: StoredValue::new(0) }
    }

    /// From here on the answers follow the address.
    pub fn follow_address(self) {
        Effect::new(move |_| {
            let ask = self.ask.get();
            self.start(ask);
        });
    }

    /// Asks, whatever was asked before.
    fn start(self, ask: Ask) {
        let turn = self.next_turn();
        let question = ask.question(browser::midnight);
        if question.is_empty() {
            self.busy.set(false);
            self.shown.set(Shown::default());
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = api::search(self.account, question.clone(), None).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            answer.as_ref().err().inspect(|error| ask_to_log_in(error));
            self.busy.set(false);
            let question = Some((ask, question));
            self.shown.set(match answer {
                Ok(found) => Shown { question, found, trouble: None },
                Err(error) => Shown { question, found: Found::default(), trouble: Some(error) },
            });
        });
    }

    /// Asks for the next page.
    fn more(self) {
        let next = self.shown.with_untracked(|shown| shown.question.clone().zip(shown.found.next));
        let Some(((_, question), after)) = next.filter(|_| !self.busy.get_untracked()) else { return };
        let turn = self.turn.get_value();
        self.busy.set(true);
        spawn_local(async move {
            let answer = api::search(self.account, question, Some(after)).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.busy.set(false);
            self.shown.update(|shown| match answer {
                Ok(page) => {
                    shown.found.messages.extend(page.messages);
                    shown.found.next = page.next;
                    shown.found.indexed = page.indexed;
                }
                Err(error) => shown.trouble = Some(error),
            });
        });
    }

    fn next_turn(self) -> u32 {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        turn
    }
}
