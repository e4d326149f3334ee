package import Store
package import Vocabulary

/// How a point is met. The raw values stand in the journal: they are never renamed.
package enum PointVerdict: String, Sendable, Codable, CaseIterable {
    case met, notMet, notApplicable
    /// A person must look: never said by one.
    case look

    /// What a reviewer may say.
    package static let judged: [PointVerdict] = [.met, .notMet, .notApplicable]
}

/// 优秀, 合格, 不合格.
package enum FileGrade: String, Sendable, Codable, CaseIterable {
    case excellent, passed, failed
}

/// What happened to a drawn file, under a subject of its own. Events are for ever.
package enum ReviewedFileEvent: Hashable, Sendable {
    case drawn(Drawn)
    /// Given to a reviewer; `isThird` where two were too far apart.
    case assigned(StaffID, isThird: Bool)
    case marked([Mark], PointWords?)
    case submitted
    /// Two sheets are too far apart.
    case diverged
    case settled(Outcome)
    case objected(OrderWords?)
    /// `marks` take the place of those that were told, where the objection is upheld.
    case ruled(isUpheld: Bool, marks: Int?, OrderWords?)
    /// The marks are final.
    case finished
    case ordered(OrderID)

    /// With what it begins.
    package struct Drawn: Hashable, Sendable, Codable {
        package let review: FileReviewID
        package let matter: SupervisedCase
        /// The how-manieth of its body.
        package let rank: Int
        /// Whether what is personal in the file was erased when its retention ended: then less can be reviewed.
        package let isErased: Bool
        /// Staff who took it in, examined or decided it.
        package let tookPart: [StaffID]
        package let prefilled: [Prefill]

        package init(
            of review: FileReviewID, _ matter: SupervisedCase, rank: Int,
            seen: (isErased: Bool, tookPart: [StaffID]), prefilled: [Prefill]
        ) {
            (self.review, self.matter, self.rank, self.prefilled) = (review, matter, rank, prefilled)
            (isErased, tookPart) = seen
        }
    }

    /// How the house answers a point, and on which entries of the case that rests.
    package struct Prefill: Hashable, Sendable, Codable {
        package let point: String
        package let verdict: PointVerdict
        /// By their numbers in the case.
        package let entries: [Int]

        package init(_ point: String, _ verdict: PointVerdict, entries: [Int] = []) {
            (self.point, self.verdict, self.entries) = (point, verdict, entries)
        }
    }

    /// What a reviewer says of a point.
    package struct Mark: Hashable, Sendable, Codable {
        package let point: String
        package let verdict: PointVerdict
        package let marks: Int
        /// Whether the body is to mend it.
        package let asksForMending: Bool
    }

    /// Words about points, which can be forgotten.
    package struct PointWords: Hashable, Sendable, Codable {
        package let of: [String: String]
    }

    /// What the body is told.
    package struct Outcome: Hashable, Sendable, Codable {
        package let marks: Int
        /// Whether a point was missed without which no file passes.
        package let isVetoed: Bool
        /// The points that were missed, in the order of the checklist.
        package let missed: [String]
        /// Those of them that the body is to mend.
        package let toMend: [String]
        /// The last day on which the body may object.
        package let objectUntil: CivilDate

        /// The same with other marks: whoever rules has looked at everything, the veto too.
        func ruled(_ marks: Int) -> Outcome {
            Outcome(marks: marks, isVetoed: false, missed: missed, toMend: toMend, objectUntil: objectUntil)
        }

        /// The grade by the figures of the campaign.
        package func grade(_ manner: FileReviewTerms.Manner) -> FileGrade {
            if isVetoed || marks < manner.pass { return .failed }
            return marks >= manner.excellent ? .excellent : .passed
        }
    }
}

extension ReviewedFileEvent: JournalEvent {
    private struct Assigned: Codable { let reviewer: StaffID; let isThird: Bool }
    private struct Marked: Codable { let marks: [Mark] }
    private struct Ruled: Codable { let isUpheld: Bool; let marks: Int? }
    private struct Ordered: Codable { let order: OrderID }

    package static let version = 1
    static let drawnKind = "reviewed-file.drawn"

    package var kind: String {
        switch self {
        case .drawn: Self.drawnKind
        case .assigned: "reviewed-file.assigned"
        case .marked: "reviewed-file.marked"
        case .submitted: "reviewed-file.submitted"
        case .diverged: "reviewed-file.diverged"
        case .settled: "reviewed-file.settled"
        case .objected: "reviewed-file.objected"
        case .ruled: "reviewed-file.ruled"
        case .finished: "reviewed-file.finished"
        case .ordered: "reviewed-file.ordered"
        }
    }

    package var isByLaw: Bool {
        switch self {
        case .diverged, .settled, .finished, .ordered: true
        default: false
        }
    }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .drawn(let drawn): try CanonicalJSON.bytes(of: drawn)
        case .assigned(let staff, let isThird):
            try CanonicalJSON.bytes(of: Assigned(reviewer: staff, isThird: isThird))
        case .marked(let marks, _): try CanonicalJSON.bytes(of: Marked(marks: marks))
        case .settled(let outcome): try CanonicalJSON.bytes(of: outcome)
        case .ruled(let isUpheld, let marks, _):
            try CanonicalJSON.bytes(of: Ruled(isUpheld: isUpheld, marks: marks))
        case .ordered(let order): try CanonicalJSON.bytes(of: Ordered(order: order))
        case .submitted, .diverged, .objected, .finished: Array("{}".utf8)
        }
    }

    package func personalPart() throws -> [UInt8]? {
        switch self {
        case .marked(_, let words): try words.map { try CanonicalJSON.bytes(of: $0) }
        case .objected(let words), .ruled(_, _, let words): try words.map { try CanonicalJSON.bytes(of: $0) }
        default: nil
        }
    }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        func part<Value: Decodable>() throws -> Value { try CanonicalJSON.value(in: entry.body) }
        switch entry.kind {
        case Self.drawnKind: self = .drawn(try part())
        case "reviewed-file.assigned":
            let assigned: Assigned = try part()
            self = .assigned(assigned.reviewer, isThird: assigned.isThird)
        case "reviewed-file.marked":
            let words: PointWords? = try entry.personal.map { try CanonicalJSON.value(in: $0.bytes) }
            self = .marked((try part() as Marked).marks, words)
        case "reviewed-file.submitted": self = .submitted
        case "reviewed-file.diverged": self = .diverged
        case "reviewed-file.settled": self = .settled(try part())
        case "reviewed-file.objected": self = .objected(try OrderWords(entry))
        case "reviewed-file.ruled":
            let ruled: Ruled = try part()
            self = .ruled(isUpheld: ruled.isUpheld, marks: ruled.marks, try OrderWords(entry))
        case "reviewed-file.finished": self = .finished
        case "reviewed-file.ordered": self = .ordered((try part() as Ordered).order)
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
