//! The finalised assessments of the network: read once, read anew when another is finalised, and never without an actor.

use crate::{
    facts::{entry, exchanged},
    world::*,
};
use framework::{
    explore::{Criteria, Explorer, Filter},
    lifecycle::Status,
};
use std::sync::Arc;

both! {
    async fn what_was_read_is_kept_until_another_assessment_is_finalised(world: &World) {
        let given = exchanged("south-mere", "2025", "2025.1", &[("a", entry(4, 2, None))]);
        world.store.import(&world.admin, vec![given], false, NOW).await.unwrap();
        let network = || world.store.network(&world.reviewer);
        let first = network().await.unwrap();
        assert!(Arc::ptr_eq(&first, &network().await.unwrap()));
        let cycles: Vec<_> = first.cycles().iter().map(|(cycle, version)| (cycle.as_str(), version.as_str())).collect();
        assert_eq!(cycles, [("2025", "2025.1")]);
        world.bring_to(Status::Finalised).await;
        let second = network().await.unwrap();
        let sheets = |network: &Explorer| network.facts().sheets().count();
        assert_eq!((sheets(&first), sheets(&second)), (1, 2));
        assert_eq!(second.trend(Criteria::All, &Filter::default()).unwrap().steps.len(), 2);
        // a Practice that is added is there at once, without an assessment
        world.store.add_practice(&world.admin, &slug("new"), "New", "", NOW).await.unwrap();
        let histories = network().await.unwrap().facts().histories().len();
        assert_eq!(histories, second.facts().histories().len() + 1);
    }

    async fn only_national_pause_sees_the_network_and_a_practice_what_stands_beside_its_own(world: &World) {
        for who in [&world.lead, &world.reader, &world.other] {
            assert!(world.store.network(who).await.unwrap_err().is_not_found());
            assert!(world.store.finished(who, &slug("south-mere"), &cycle("2025")).await.unwrap_err().is_not_found());
        }
        assert!(world.store.network_for_practice(&world.lead, &north()).await.is_ok());
        assert!(world.store.network_for_practice(&world.lead, &slug("south-mere")).await.unwrap_err().is_not_found());
        assert!(world.store.network_for_practice(&world.other, &north()).await.unwrap_err().is_not_found());
    }

    async fn what_is_behind_a_figure_is_what_was_said(world: &World) {
        let given = exchanged("south-mere", "2025", "2025.1", &[("a", entry(4, 2, Some(3)))]);
        world.store.import(&world.admin, vec![given], false, NOW).await.unwrap();
        let finished = world.store.finished(&world.reviewer, &slug("south-mere"), &cycle("2025")).await.unwrap();
        assert_eq!(finished.framework.version, version("2025.1"));
        assert_eq!(finished.entries[0], entry(4, 2, Some(3)));
        assert_eq!(finished.cited.len(), finished.entries.len());
        // not before it is finalised
        world.bring_to(Status::Moderated).await;
        let draft = world.store.finished(&world.reviewer, &north(), &cycle("2026")).await;
        assert!(draft.unwrap_err().is_not_found());
    }

    async fn nothing_is_missing_once_all_documents_are_written(world: &World) {
        world.bring_to(Status::Finalised).await;
        let before = world.store.network(&world.reviewer).await.unwrap();
        // what an earlier release finalised gets its document when the program starts; others keep theirs
        world.store.complete_sheets().await.unwrap();
        assert!(Arc::ptr_eq(&before, &world.store.network(&world.reviewer).await.unwrap()));
    }
}
