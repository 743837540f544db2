//! The directory in numbers: counts, the largest groups, sizes and depths, and what is newly wrong.

mod latest;

use leptos::prelude::*;
use protocol::{GroupBrief, List, Overview as Numbers, OverviewQuestion, Problem, Topic};

use crate::components::badge::partial_badge;
use crate::components::button::{Button, ButtonLink};
use crate::components::chart::{Column, Ranked, histogram, ranking};
use crate::components::icon::sized;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Notice;
use crate::components::number::number;
use crate::components::stat::{Stat, Stats};
use crate::notice;
use crate::number::grouped;
use crate::route::{Connection, GroupsView, Screen};
use crate::session::{Reading, Session, session};
use crate::words::{counted, fill, key, say};
use latest::Latest;

/// How many of the largest groups are shown.
const LARGEST: u32 = 10;

/// The Overview screen.
#[component]
pub fn Overview() -> impl IntoView {
    let session = session();
    let asked = session.ask(Topic::Overview, || Some(OverviewQuestion { largest: LARGEST }));
    let numbers = Kept::from(asked.answer);
    let lede = move || {
        let name = session.directory_name();
        match session.reading.with(Option::is_some) {
            true => fill("{0}, being read", &[&name]),
            false => fill("{0}, read at {1}", &[&name, &session.read_at.get()]),
        }
    };
    let again = move || {
        view! { <Button text=say("Read again") href="#i-refresh" on_press=move |()| session.read_again() /> }
    };
    let stop = move || {
        view! { <Button text=say("Stop reading") href="#i-x" on_press=move |()| session.stop_reading() /> }
    };
    let is_reading = move || session.reading.with(Option::is_some);
    let is_coming = move || numbers.with(Option::is_none) && asked.problem.with(Option::is_none);
    view! {
        <header class="page-head">
            <h1>{say("Overview")}</h1>
            <span class="lede">{live(lede)}</span>
            {live_if(move || session.is_partial(), partial_badge)}
            <span class="push row">
                {live_if(move || !is_reading(), again)}
                {live_if(is_reading, stop)}
            </span>
        </header>
        <div class="scroll" aria-busy=move || is_coming().then_some("true")>
            <div class="doc">
                {live_if(is_reading, move || reading(session))}
                {live(move || asked.problem.get().map(|problem| not_told(&problem)))}
                <Stats stats=Kept::new(move || stats(session, numbers)) />
                <div class="board">
                    {live(move || largest(session, numbers))}
                    <Latest session />
                    {live(move || sizes(numbers))}
                    {live(move || depths(numbers))}
                </div>
            </div>
        </div>
    }
}

/// Why there are no numbers.
fn not_told(problem: &Problem) -> impl IntoView + use<> {
    view! { <Notice title=say("The numbers could not be told.") text=notice::problem(problem) tone="warn" /> }
}

/// How far reading has come.
fn reading(session: Session) -> impl IntoView {
    let title = move || {
        session.reading.with(|reading| {
            let name = session.directory_name();
            match reading.as_ref().and_then(read_so_far) {
                Some((users, groups)) => fill(
                    "Reading {0}: {1} and {2} so far.",
                    &[
                        &name,
                        &counted("{0} user|{0} users", users),
                        &counted("{0} group|{0} groups", groups),
                    ],
                ),
                None => fill("Reading {0}.", &[&name]),
            }
        })
    };
    let text = move || match session.opened.with(Option::is_some) {
        true => say("Until it is whole, the numbers are those of the reading before.").to_owned(),
        false => say("The numbers come when it is whole.").to_owned(),
    };
    let url = Kept::new(move || session.url(Screen::Connections(Connection::List)));
    view! {
        <Notice title=Kept::new(title) text=Kept::new(text)>
            <ButtonLink text=say("Show progress") href="#i-plug" kind="quiet" url />
        </Notice>
    }
}

/// Users and groups that were read so far; none before the first sign.
fn read_so_far(reading: &Reading) -> Option<(u64, u64)> {
    let of_vendor = reading.vendor.as_ref().map(|progress| {
        let of = |list: List| {
            let lists = progress.lists.iter().filter(|progress| progress.list == list);
            lists.map(|progress| progress.items).sum()
        };
        (of(List::Users), of(List::Groups))
    });
    let of_file = reading.progress.map(|progress| (progress.users, progress.groups));
    of_file.or(of_vendor)
}

fn stats(session: Session, numbers: Kept<Option<Numbers>>) -> Vec<Stat> {
    let so_far = session.reading.with(|reading| reading.as_ref().and_then(read_so_far));
    numbers.with(|numbers| {
        let numbers = numbers.as_ref();
        let stat = |href, name, value: &dyn Fn(&Numbers) -> (String, String)| {
            let (value, note) = numbers.map(value).unzip();
            Stat {
                href,
                name,
                value,
                note: note.unwrap_or_default(),
            }
        };
        let mut stats = vec![
            stat("#i-user", say("Users"), &|of| {
                (number(of.users), fill("{0} active", &[&number(of.active)]))
            }),
            stat("#i-groups", say("Groups"), &|of| {
                (number(of.groups), fill("{0} at the top level", &[&number(of.roots)]))
            }),
            stat("#rel-direct", say("Direct"), &|of| {
                (grouped(of.direct), say("made by hand").to_owned())
            }),
            stat("#rel-inherited", say("Inherited"), &|of| {
                (grouped(of.inherited), say("from nesting alone").to_owned())
            }),
            stat("#i-layers", say("Deepest nesting"), &|of| {
                let message = match of.half {
                    0 => key("half the groups: {0}"),
                    _ => key("half the groups: {0} or fewer"),
                };
                let half = fill(message, &[&number(of.half)]);
                (counted("{0} level|{0} levels", of.deepest.into()), half)
            }),
            stat("#i-key", say("Managers"), &|of| {
                let administrators = counted("{0} administrator|{0} administrators", of.administrators.into());
                (
                    of.managers.map_or_else(|| say("Not known").to_owned(), number),
                    administrators,
                )
            }),
        ];
        // While nothing is known yet, what was read so far is.
        if let (None, Some((users, groups))) = (numbers, so_far) {
            for (stat, count) in stats.iter_mut().zip([users, groups]) {
                stat.value = Some(grouped(count));
                stat.note = say("so far").to_owned();
            }
        }
        stats
    })
}

/// A card whose content is known, or comes.
fn card<T>(
    title: &'static str,
    note: &'static str,
    aside: Option<AnyView>,
    known: Option<T>,
    draw: impl FnOnce(T) -> AnyView,
) -> AnyView {
    let content = known.map_or_else(|| to_come().into_any(), draw);
    view! {
        <section class="card" aria-label=title>
            <div class="card-head">
                <h2>{title}</h2>
                <span class="note">{note}</span>
                {aside}
            </div>
            {content}
        </section>
    }
    .into_any()
}

/// Stands for what is not known yet.
fn to_come() -> impl IntoView {
    let bars = (0..6).map(|place| {
        let width = (40 + place * 17 % 45).to_string() + "%";
        view! { <span class="skeleton" style:--w=width></span> }
    });
    view! { <div class="card-body">{bars.collect_view()}</div> }
}

fn largest(session: Session, numbers: Kept<Option<Numbers>>) -> AnyView {
    let legend = view! {
        <span class="legend push">
            <span><span class="key-swatch solid"></span>{say("Direct")}</span>
            <span><span class="key-swatch hatch"></span>{say("Inherited only")}</span>
        </span>
    };
    let groups = numbers.with(|numbers| numbers.as_ref().map(|numbers| numbers.largest.clone()));
    card(
        say("Largest groups"),
        "",
        Some(legend.into_any()),
        groups,
        move |groups| {
            let row = |group: GroupBrief| Ranked {
                url: session.url(Screen::Groups(GroupsView {
                    group: Some(group.id),
                    ..GroupsView::default()
                })),
                name: group.name,
                direct: group.direct,
                total: group.total,
            };
            ranking(say("Largest groups"), groups.into_iter().map(row).collect()).into_any()
        },
    )
}

fn sizes(numbers: Kept<Option<Numbers>>) -> AnyView {
    const SIZES: [(&str, &str); 7] = [
        (key("0"), key("groups with nobody")),
        (key("1 to 9"), key("groups with 1 to 9 members")),
        (key("10 to 99"), key("groups with 10 to 99 members")),
        (key("100 to 999"), key("groups with 100 to 999 members")),
        (key("1k to 10k"), key("groups with 1,000 to 9,999 members")),
        (key("10k to 100k"), key("groups with 10,000 to 99,999 members")),
        (key("over 100k"), key("groups with 100,000 members or more")),
    ];
    let counts = numbers.with(|numbers| numbers.as_ref().map(|numbers| numbers.sizes));
    card(
        say("Group sizes"),
        say("Groups by number of users, inherited included"),
        None,
        counts,
        |counts| {
            // Sizes that no group has, and none larger either, need no column.
            let last = counts
                .iter()
                .rposition(|count| *count > 0)
                .map_or(3, |last| last.max(3));
            let columns = SIZES
                .iter()
                .zip(counts)
                .take(last + 1)
                .map(|((name, told), count)| Column {
                    name: say(name).to_owned(),
                    count,
                    is_warning: false,
                    told: say(told).to_owned(),
                });
            histogram(say("Groups by size"), columns.collect()).into_any()
        },
    )
}

fn depths(numbers: Kept<Option<Numbers>>) -> AnyView {
    let known = numbers.with(|numbers| numbers.as_ref().map(|numbers| (numbers.depths.clone(), numbers.deep)));
    let too_deep: u32 = known
        .iter()
        .flat_map(|(depths, deep)| depths.iter().skip(*deep as usize + 1))
        .sum();
    let deep = known.as_ref().map_or(0, |(_, deep)| *deep);
    let warning = (too_deep > 0).then(|| {
        let words = fill(
            "{0} deeper than {1}",
            &[&counted("{0} group|{0} groups", too_deep.into()), &deep.to_string()],
        );
        view! { <span class="push row nowrap t12 warn-mark">{sized("#i-triangle", "14")} {words}</span> }.into_any()
    });
    card(
        say("Nesting depth"),
        say("Groups by level"),
        warning,
        known,
        |(depths, deep)| {
            let columns = depths.iter().zip(0..).map(|(count, level)| Column {
                name: number(level),
                count: *count,
                is_warning: level > deep,
                told: match level {
                    0 => say("groups at the top").to_owned(),
                    level => fill("groups at level {0}", &[&number(level)]),
                },
            });
            histogram(say("Groups by level"), columns.collect()).into_any()
        },
    )
}
