import Dossiers
import Vocabulary

extension DossierView {
    /// Trips as they were promised and as they were made, with the day and purpose of each.
    func trips(_ html: inout HTML) {
        let values: KeyValuePairs = ["promised": "\(dossier.tripsPromised)", "made": "\(dossier.tripsMade)"]
        html.fact(words["trips.fact"]) { html in
            html.text(dossier.hasEnded ? words("trips.in-the-end", values) : words("trips.so-far", values))
            for visit in dossier.visits {
                let purposes = words.list(visit.purposes.map { words[$0.word] })
                html.note(words("trips.visit", ["day": words.shortDate(visit.day), "purposes": purposes]))
            }
            if dossier.tripsMade > dossier.tripsPromised {
                html.note(words[isForStaff ? Word("trips.over") : Word("trips.over-apology")])
            }
        }
    }
}

extension HallVisit.Purpose {
    fileprivate var word: Word {
        switch self {
        case .filing: Word("visit.filing")
        case .originals: Word("visit.originals")
        case .mending: Word("visit.mending")
        case .corrections: Word("visit.corrections")
        case .result: Word("visit.result")
        }
    }
}
