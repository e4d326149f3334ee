import Catalogue
import Dossiers
import Hall
import Store
import Vocabulary

/// The people of a simulated city: as many applicants as lives, a few members of staff.
struct Cast: Sendable {
    static let clerk = staff(1)
    static let reviewer = staff(2)
    static let decider = staff(3)
    static let issuer = staff(4)

    static func applicant(_ number: Int) -> PersonID {
        PersonID(Subject(high: 0x0001_0000_0000_7000, low: 0x8000_0000_0000_0000 | UInt64(number)))
    }

    private static func staff(_ number: UInt64) -> Performer {
        let id = StaffID(Subject(high: 0x0002_0000_0000_7000, low: 0x8000_0000_0000_0000 | number))
        let powers: [Power] = [[.receive], [.review], [.decide], [.issue]][Int(number) - 1]
        return Performer(.staff(id)) { power, _ in
            guard powers.contains(power) else { throw PerformerRefusal.notAllowed }
        }
    }
}

/// One application on its way: what its people would do next, given where the dossier stands.
struct Life: Sendable {
    let number: Int
    let item: SampleItem
    var id: DossierID?

    /// What is handed in; a life that leaves something out must correct it.
    func submission(numbers: DossierNumbers, isComplete: Bool) -> Submission {
        let serial = String("00000\(number)".suffix(6))
        return Submission(
            terms: item.terms,
            way: Submission.Way(
                mode: item.mode, delivery: item.delivery,
                hall: item.mode.submission == .counter ? .fuzhou : nil),
            parties: Submission.Parties(applicant: Cast.applicant(number)), numbers: numbers,
            contents: Submission.Contents(
                materials: [HandedIn("form", .paper)] + (isComplete ? [HandedIn("licence", .paper)] : []),
                personal: Submission.Personal(
                    applicant: ("示例申请人\(serial)", "350102188501010019"), contactMobile: "13800000000",
                    answers: ["headcount": "\(number % 500)", "address": "福州市晋安区示例路\(number % 90 + 1)号"],
                    files: ([:], serial))))
    }

    /// Who files it: a clerk at the counter, the applicant online.
    var filer: Performer {
        item.mode.submission == .counter ? Cast.clerk : .person(Cast.applicant(number))
    }
}

extension Life {
    /// What is wrong with a material, and why: the guide, the applicant or something else, in turn.
    func defect(_ material: String, _ kind: MaterialDefect.Kind) -> MaterialDefect {
        switch number % 3 {
        case 0: MaterialDefect(material, kind, .guide(.material(material, .sample)), words: "样表未标明签章处")
        case 1: MaterialDefect(material, kind, .overlooked)
        default: MaterialDefect(material, kind, .other, words: "材料在邮寄途中受潮")
        }
    }
}
