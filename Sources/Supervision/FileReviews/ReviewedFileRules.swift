package import Vocabulary

/// What somebody wants to happen to a drawn file.
package enum ReviewedFileCommand: Hashable, Sendable, Codable {
    /// Says how a point is met.
    case mark(Draft)
    /// Agrees with every point that the house answered and she has not marked yet.
    case confirm
    case submit
    case objection(String)
    /// `marks` take the place of those that were told, where the objection is upheld.
    case rule(isUpheld: Bool, marks: Int?, String)
    /// The pulse: the time for an objection is over.
    case tick

    /// What a form says of a point.
    package struct Draft: Hashable, Sendable, Codable {
        package let point: String
        package let verdict: PointVerdict
        /// Nil for all marks of the point.
        package let marks: Int?
        package let words: String
        package let asksForMending: Bool

        package init(
            _ point: String, _ verdict: PointVerdict, marks: Int? = nil, words: String = "",
            asksForMending: Bool = false
        ) {
            (self.point, self.verdict, self.marks, self.words) = (point, verdict, marks, words)
            self.asksForMending = asksForMending
        }
    }
}

/// What follows from a command on a drawn file. Pure. The figures are of this house (待核): no law says them.
package struct ReviewedFileRules: Sendable {
    /// LIMIT: characters of what is said of one point.
    package static let wordsMax = 500
    /// LIMIT: events of one file, above which nothing is saved any more.
    package static let savesMax = 2000

    let calendar: WorkCalendar
    let checklist: ReviewChecklist
    let manner: FileReviewTerms.Manner

    /// The rules of a place, by its calendar, in a campaign.
    package init(calendar: WorkCalendar, checklist: ReviewChecklist, manner: FileReviewTerms.Manner) {
        (self.calendar, self.checklist, self.manner) = (calendar, checklist, manner)
    }

    /// The events that follow from a command.
    package func decide(
        _ command: ReviewedFileCommand, on file: ReviewedFile, by actor: Actor, at now: Instant
    ) throws(FileReviewRefusal) -> [ReviewedFileEvent] {
        switch command {
        case .mark(let draft):
            let sheet = try open(file, actor)
            guard file.sequence < Self.savesMax else { throw .tooManySaves }
            let (mark, words) = try mark(draft, file, sheet)
            return [.marked([mark], words)]
        case .confirm:
            let sheet = try open(file, actor)
            let marks = unmarked(file, sheet)
            return marks.isEmpty ? [] : [.marked(marks, nil)]
        case .submit:
            let sheet = try open(file, actor)
            guard checklist.points.allSatisfy({ sheet.marks[$0.id] != nil }) else { throw .sheetIncomplete }
            return [.submitted] + settlement(of: file, with: sheet, at: now)
        case .objection(let text):
            if file.objection != nil { throw .objectedBefore }
            if file.stage == .final { throw .objectionTooLate }
            guard let outcome = file.outcome else { throw .notSettled }
            guard now.day <= outcome.objectUntil else { throw .objectionTooLate }
            return [.objected(OrderWords(try required(text)))]
        case .rule(let isUpheld, let marks, let text):
            guard file.stage == .objected else { throw .noObjection }
            guard !file.sheets.contains(where: { .staff($0.reviewer) == actor }) else { throw .reviewerMayNotRule }
            if isUpheld {
                guard let marks, (0...ReviewChecklist.whole).contains(marks) else { throw .marksUnfit }
            }
            let words = OrderWords(try required(text))
            return [.ruled(isUpheld: isUpheld, marks: isUpheld ? marks : nil, words), .finished]
        case .tick:
            guard let wake = file.wakeAt, wake <= now else { return [] }
            return [.finished]
        }
    }

    /// The file given to a third reviewer.
    package func third(_ staff: StaffID, for file: ReviewedFile) throws(FileReviewRefusal) -> ReviewedFileEvent {
        guard file.stage == .divergent else { throw .noThirdAwaited }
        return .assigned(staff, isThird: true)
    }

    private func open(_ file: ReviewedFile, _ actor: Actor) throws(FileReviewRefusal) -> ReviewedFile.Sheet {
        guard let staff = actor.staff, let sheet = file.sheet(of: staff) else { throw .notYourFile }
        guard sheet.submittedAt == nil, file.stage == .inReview else { throw .sheetClosed }
        return sheet
    }

    private func mark(
        _ draft: ReviewedFileCommand.Draft, _ file: ReviewedFile, _ sheet: ReviewedFile.Sheet
    ) throws(FileReviewRefusal) -> (ReviewedFileEvent.Mark, ReviewedFileEvent.PointWords?) {
        guard let point = checklist[draft.point], PointVerdict.judged.contains(draft.verdict) else {
            throw .pointUnknown
        }
        if let marks = draft.marks, marks > point.marks { throw .marksTooHigh }
        let isMissed = draft.verdict == .notMet
        // What is met, or does not arise, takes nothing off.
        let marks = isMissed ? draft.marks ?? 0 : draft.marks ?? point.marks
        guard isMissed ? (0..<point.marks).contains(marks) : marks == point.marks else { throw .marksUnfit }
        let said = try optional(draft.words)
        let prefilled = file.prefill(point.id)?.verdict ?? .look
        let overrules = prefilled != .look && prefilled != draft.verdict
        guard said != nil || !(isMissed || overrules) else { throw .wordsMissing }
        return (
            ReviewedFileEvent.Mark(
                point: point.id, verdict: draft.verdict, marks: marks,
                asksForMending: isMissed && draft.asksForMending),
            said.map { ReviewedFileEvent.PointWords(of: [point.id: $0]) }
        )
    }

    /// The points that the house answered and the reviewer has not marked, marked as the house answered them. What the
    /// house found missed is not confirmed by a click for all: it is looked at.
    private func unmarked(_ file: ReviewedFile, _ sheet: ReviewedFile.Sheet) -> [ReviewedFileEvent.Mark] {
        checklist.points.compactMap { point in
            guard sheet.marks[point.id] == nil, let prefill = file.prefill(point.id),
                prefill.verdict == .met || prefill.verdict == .notApplicable
            else { return nil }
            return ReviewedFileEvent.Mark(
                point: point.id, verdict: prefill.verdict, marks: point.marks, asksForMending: false)
        }
    }

    /// What follows when a sheet is handed in: nothing while another is open; else the marks, or a third reviewer.
    private func settlement(
        of file: ReviewedFile, with last: ReviewedFile.Sheet, at now: Instant
    ) -> [ReviewedFileEvent] {
        let sheets = file.sheets.map { $0.reviewer == last.reviewer ? last : $0 }
        guard sheets.allSatisfy({ $0.submittedAt != nil || $0.reviewer == last.reviewer }) else { return [] }
        let sums = sheets.map(\.sum).sorted()
        if sheets.count == 2, let least = sums.first, let most = sums.last {
            let vetoes = Set(sheets.map(isVetoed))
            if most - least > manner.gap || vetoes.count > 1 { return [.diverged] }
        }
        return [.settled(outcome(of: sheets, at: now))]
    }

    /// One sheet counts as it is, two by their mean, three by the middle one: what one of three says alone moves
    /// nothing. A point is missed where at least half of the sheets say so, and a veto needs more than half.
    private func outcome(of sheets: [ReviewedFile.Sheet], at now: Instant) -> ReviewedFileEvent.Outcome {
        let sums = sheets.map(\.sum).sorted()
        let middle = sums.count / 2
        let marks = sums.count == 2 ? (sums[0] + sums[1] + 1) / 2 : sums[middle]
        let isVetoed = sheets.count(where: isVetoed) * 2 > sheets.count
        let missed = checklist.points.filter { point in
            sheets.count { $0.marks[point.id]?.verdict == .notMet } * 2 >= sheets.count
        }.map(\.id)
        let toMend = missed.filter { point in sheets.contains { $0.marks[point]?.asksForMending == true } }
        return ReviewedFileEvent.Outcome(
            marks: isVetoed ? min(marks, manner.pass - 1) : marks, isVetoed: isVetoed, missed: missed, toMend: toMend,
            objectUntil: calendar.day(WorkingDays(manner.objectionDays), after: now.day))
    }

    private func isVetoed(_ sheet: ReviewedFile.Sheet) -> Bool {
        checklist.points.contains { $0.isVeto && sheet.marks[$0.id]?.verdict == .notMet }
    }

    private func required(_ text: String) throws(FileReviewRefusal) -> String {
        guard let text = try optional(text) else { throw .wordsMissing }
        return text
    }

    private func optional(_ text: String) throws(FileReviewRefusal) -> String? {
        guard text.count <= Self.wordsMax else { throw .wordsTooLong }
        return text.allSatisfy(\.isWhitespace) ? nil : text
    }
}
