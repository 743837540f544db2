//! The sample: the same each time, as large as it says, and with what the pictures show.

use membership::directory::Directory;
use membership::entity::Standing;
use membership::finding::FindingKind;
use membership::sample::{self, DEFAULT_SEED, DEFAULT_USERS, MAX_USERS, Sample};

fn of(users: u32) -> Directory {
    sample::directory(users, DEFAULT_SEED).expect("a sample")
}

fn names(directory: &Directory, user: &str, is_direct: bool) -> Vec<String> {
    let user = directory.find_user(user).expect("a user");
    let groups = directory.groups_of(user, true).into_iter();
    let wanted = groups.filter(|group| directory.is_direct_member(user, *group) == is_direct);
    let mut names: Vec<_> = wanted.map(|group| directory.group_name(group).to_owned()).collect();
    names.sort_unstable();
    names
}

#[test]
fn the_same_seed_gives_the_same_directory() {
    assert_eq!(of(2_000).to_json(), of(2_000).to_json());
    let other = sample::directory(2_000, DEFAULT_SEED + 1).expect("a sample");
    assert!(of(2_000).to_json() != other.to_json());
}

#[test]
fn the_same_on_every_machine() {
    let directory = of(DEFAULT_USERS);
    let mut facts = String::new();
    for user in directory.all_users() {
        facts.push_str(directory.user_id(user));
        facts.push_str(&directory.user_name(user));
        directory
            .groups_of(user, false)
            .into_iter()
            .for_each(|group| facts.push_str(directory.group_id(group)));
    }
    let sum = facts.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    // Another number here means that every link somebody saved into the sample leads elsewhere.
    assert_eq!(sum, 3_295_806_013_847_610_192);
}

#[test]
fn steps_give_what_one_step_gives() {
    let mut sample = Sample::new(3_000, 5);
    let mut before = 0;
    loop {
        let progress = sample.step(777).expect("room");
        assert!(progress.done > before || progress.done == progress.total);
        before = progress.done;
        if progress.done == progress.total {
            break;
        }
    }
    assert_eq!(sample.counts().users, 3_000);
    let stepped = sample.finish(&mut |_, _| {}).expect("a sample").to_json();
    assert_eq!(stepped, sample::directory(3_000, 5).expect("a sample").to_json());
}

#[test]
fn any_size_is_as_large_as_it_says() {
    for users in [0, 1, 2, 7, 50, 57, 99, 100, 500, DEFAULT_USERS, 10_000] {
        assert_eq!(of(users).user_count(), users);
    }
    let groups = |users| of(users).group_count();
    assert!((60..110).contains(&groups(DEFAULT_USERS)), "{}", groups(DEFAULT_USERS));
    assert!((150..250).contains(&groups(10_000)), "{}", groups(10_000));
    assert_eq!(
        Sample::new(u32::MAX, 0).step(0).expect("room").total,
        MAX_USERS + 12_480
    );
}

#[test]
fn people_are_where_the_pictures_show_them() {
    for users in [DEFAULT_USERS, 10_000] {
        let directory = of(users);
        assert_eq!(
            names(&directory, "tdurden", true),
            [
                "Airport kiosks",
                "Night shift",
                "Project Mayhem",
                "Remaining Men Together"
            ]
        );
        assert_eq!(
            names(&directory, "tdurden", false),
            [
                "Homework assignments",
                "Lye handling",
                "Manufacturing",
                "Mischief Committee",
                "Paper Street Soap Company",
                "Rendering plant",
                "Retail & wholesale",
                "Site access",
            ]
        );
        assert_eq!(
            names(&directory, "msinger", true),
            [
                "Brain parasites",
                "Loyalty members",
                "Remaining Men Together",
                "Tuberculosis",
                "Visitors"
            ]
        );
        assert_eq!(
            names(&directory, "msinger", false),
            ["Community rooms", "Site access", "Support groups"]
        );
        let (tyler, mayhem) = (directory.find_user("tdurden"), directory.find_group("Project Mayhem"));
        assert!(directory.is_manager(tyler.expect("a user"), mayhem.expect("a group")));
        assert_eq!(directory.user_name(tyler.expect("a user")), "Tyler Durden");
        let chesler = directory.find_user("rchesler").expect("a user");
        assert_eq!(
            directory.users().status.get(chesler.row()).standing(),
            Standing::Suspended
        );
        for group in ["Travel desk", "Candle project", "Lou’s Tavern, basement"] {
            assert_eq!(directory.member_count(directory.find_group(group).expect("a group")), 0);
        }
    }
}

#[test]
fn what_was_meant_to_be_found_is_all_there_is() {
    for users in [DEFAULT_USERS, 30_000] {
        let directory = of(users);
        // One id, one username and one email; two groups.
        assert_eq!(directory.finding_count(FindingKind::DuplicateIdentifier), 4, "{users}");
        assert_eq!(directory.finding_count(FindingKind::Lookalike), 2, "{users}");
        assert_eq!(directory.finding_count(FindingKind::Cycle), 2, "{users}");
        assert_eq!(directory.finding_count(FindingKind::Repeated), 2, "{users}");
    }
}

#[test]
fn everybody_has_a_name_and_dates_that_fit() {
    let directory = of(5_000);
    let users = directory.users();
    for row in 0..directory.user_count() {
        let username = users.username.get(row).expect("a username");
        assert!(username.len() > 2 && !username.contains(' '), "{username}");
        assert!(users.email.get(row).is_some_and(|email| email.ends_with(".example")));
        assert!(users.first_name.get(row).is_some() && users.last_name.get(row).is_some());
        let created = users.created.get(row).expect("a date");
        assert!(
            users
                .last_login
                .get(row)
                .is_none_or(|login| (created..sample::READ_ON + 86_400_000).contains(&login))
        );
    }
}
