//! The documentation.

use super::copy::CopyText;
use crate::{
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{DocBlock, DocSection},
    },
};
use leptos::prelude::*;

/// The page.
#[component]
pub fn DocsPage() -> impl IntoView {
    let i18n = use_i18n();
    let docs = Resource::new(|| (), |()| api::docs());
    let page = move || {
        docs.get().and_then(Result::ok).map(|sections| {
            let links = sections.iter().map(|section| {
                let href = format!("#{}", section.id);
                view! { <li><a href=href>{section.title.clone()}</a></li> }
            });
            view! {
                <nav class="docs__contents sim-card" aria-label=i18n.t(Key::SimDocsContents)>
                    <ul>{links.collect_view()}</ul>
                </nav>
                {sections.iter().map(part).collect_view()}
            }
        })
    };
    view! {
        <div class="sim__page docs">
            <h1>{i18n.t(Key::SimDocs)}</h1>
            <Transition>{page}</Transition>
        </div>
    }
}

fn part(section: &DocSection) -> impl IntoView + use<> {
    let blocks: Vec<_> = section.blocks.iter().map(block).collect();
    view! {
        <section class="docs__part" aria-labelledby=section.id.clone()>
            <h2 id=section.id.clone()>{section.title.clone()}</h2>
            {blocks}
        </section>
    }
}

/// Prose: what stands between backticks is code.
fn prose(text: &str) -> Vec<AnyView> {
    let pieces = text.split('`').enumerate().map(|(at, piece)| {
        let piece = piece.to_owned();
        if at % 2 == 1 { view! { <code>{piece}</code> }.into_any() } else { piece.into_any() }
    });
    pieces.collect()
}

fn block(block: &DocBlock) -> AnyView {
    let i18n = use_i18n();
    match block {
        DocBlock::Head { text } => view! { <h3>{text.clone()}</h3> }.into_any(),
        DocBlock::Text { text } => view! { <p>{prose(text)}</p> }.into_any(),
        DocBlock::Code { title, text } => view! {
            <figure class="docs__code">
                <figcaption>{title.clone()} <CopyText text=text.clone() words=i18n.t(Key::UiCopy)/></figcaption>
                <pre tabindex="0" role="region" aria-label=title.clone()><code>{text.clone()}</code></pre>
            </figure>
        }
        .into_any(),
        DocBlock::List { items } => {
            let items = items.iter().map(|item| view! { <li>{prose(item)}</li> }).collect_view();
            view! { <ul>{items}</ul> }.into_any()
        }
        DocBlock::Table { head, rows } => {
            let names = head.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
            let label = head.join(", ");
            let rows = rows.iter().map(|row| {
                let cells = row.iter().enumerate().map(|(at, cell)| {
                    if at == 0 {
                        view! { <th scope="row"><code>{cell.clone()}</code></th> }.into_any()
                    } else {
                        view! { <td>{prose(cell)}</td> }.into_any()
                    }
                });
                view! { <tr>{cells.collect_view()}</tr> }
            });
            view! {
                <div class="docs__table" role="region" tabindex="0" aria-label=label>
                    <table>
                        <thead><tr>{names}</tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
    }
}
