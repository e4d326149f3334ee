package import Accounts
import Dossiers
import Store
package import Supervision
package import Vocabulary

/// What supervisors, reviewers, heads and the public see of reviews of closed files.
extension Hall {
    /// A campaign as everybody may see it.
    package struct FileReviewSummary: Sendable {
        package let review: FileReview
        /// The signed checkpoint by which the draw is done again; nil before the draw.
        package let note: String?
        /// Marks by body; nil before they are published.
        package let marks: FileMarks?
        /// How many files missed a point, by point; empty before the marks are published.
        package let missed: [String: Int]
    }

    /// The campaigns, the newest first.
    package func fileReviews() async throws -> [FileReviewSummary] {
        try await store.read { tx in try FileReviewTable.all(in: tx).map { try summary($0, in: tx) } }
    }

    /// A campaign for everybody; refuses an id that nobody has.
    package func fileReview(_ id: FileReviewID) async throws -> FileReviewSummary {
        try await store.read { tx in try summary(try FileReviewTable.load(id, in: tx), in: tx) }
    }

    private func summary(_ review: FileReview, in tx: Transaction) throws -> FileReviewSummary {
        let isOpen = review.publishedAt != nil
        return FileReviewSummary(
            review: review,
            note: review.draw == nil ? nil : try FileReviewTable.checkpoint(for: review, in: tx)?.note,
            marks: isOpen ? FileMarks(try ReviewedFileTable.of(review.id, in: tx)) : nil,
            missed: isOpen ? try ReviewedFileTable.missed(of: review.id, in: tx) : [:])
    }

    /// A campaign as its supervisors see it.
    package struct FileReviewBoard: Sendable {
        package let review: FileReview
        /// The first signed checkpoint since the named time; nil while there is none.
        package let note: String?
        package let files: [ReviewedFileLine]
        package let marks: FileMarks
        package let missed: [String: Int]
        /// Who may review files, with the bodies whose files are not theirs.
        package let reviewers: [(reviewer: FileReviewRules.Reviewer, staff: Staff)]
    }

    /// A campaign for somebody who supervises its places; refuses anybody else.
    package func fileReviewBoard(_ id: FileReviewID, for guest: Guest) async throws -> FileReviewBoard {
        let today = time.now().day
        return try await store.read { tx in
            let review = try FileReviewTable.load(id, in: tx)
            try requireSupervision(of: review.terms, guest, today: today)
            let files = try ReviewedFileTable.of(id, in: tx)
            return FileReviewBoard(
                review: review, note: try FileReviewTable.checkpoint(for: review, in: tx)?.note, files: files,
                marks: FileMarks(files), missed: try ReviewedFileTable.missed(of: id, in: tx),
                reviewers: review.stage == .drawn || review.stage == .dealt
                    ? try reviewers(today: today, in: tx).map { ($0, $1) } : [])
        }
    }

    /// The list of cases of a campaign as a file, for somebody who supervises its places: by it the draw is done again.
    package func population(of id: FileReviewID, for guest: Guest) async throws -> [UInt8] {
        let today = time.now().day
        return try await store.read { tx in
            let review = try FileReviewTable.load(id, in: tx)
            try requireSupervision(of: review.terms, guest, today: today)
            return FileDraw.text(of: try FileReviewTable.cases(of: id, in: tx))
        }
    }

    /// The files that somebody reviews, those first that she has not handed in; and those of the bodies that she leads
    /// whose marks were told, the newest first.
    package struct OwnFiles: Sendable {
        package let toReview: [(line: ReviewedFileLine, isOpen: Bool)]
        package let told: [ReviewedFileLine]
        /// The numbers of the campaigns they belong to.
        package let numbers: [FileReviewID: String]
    }

    package func ownFiles(for guest: Guest) async throws -> OwnFiles {
        let today = time.now().day
        let parts = guest.places.flatMap { Permits.reach(.lead, grants: $0.grants, today: today) }.map {
            SupervisedPart(bodies: $0.departmentRange, items: $0.itemRange, regions: $0.regionRange)
        }
        let own = guest.session.holder.actor.staff
        return try await store.read { tx in
            let toReview = try own.map { try ReviewedFileTable.of(reviewer: $0, in: tx) } ?? []
            let told = try parts.flatMap { try ReviewedFileTable.told(in: $0, tx: tx) }
            var numbers: [FileReviewID: String] = [:]
            for id in Set(toReview.map(\.0.review) + told.map(\.review)).sorted() {
                numbers[id] = try FileReviewTable.load(id, in: tx).opened.number
            }
            return OwnFiles(toReview: toReview.map { ($0.0, $0.isOpen) }, told: told, numbers: numbers)
        }
    }

    /// What somebody is to a drawn file.
    package enum FileReader: Hashable, Sendable {
        /// Her own sheet is on the page, and no other before she has handed hers in.
        case reviewer(ReviewedFile.Sheet)
        case supervisor
        /// The head of its body.
        case body
    }

    /// A drawn file beside its case, as one reader may see it.
    package struct OpenedFile: Sendable {
        package let file: ReviewedFile
        package let review: FileReview
        package let reader: FileReader
        package let opened: Opened
        /// Whether she, or whoever she stands in for, reviewed it, and so does not rule on the objection.
        package let hasReviewed: Bool
        /// What the people are called who did something to it.
        package let names: [StaffID: String]
        /// Who may be the third reviewer; empty where none is awaited.
        package let thirds: [Staff]
    }

    /// Opens a drawn file for its reviewer, a supervisor, or the head of its body once the marks were told; that the
    /// case was looked at is written down before. Refuses anybody else.
    package func reviewedFile(_ id: ReviewedFileID, for guest: Guest) async throws -> OpenedFile {
        let (now, look) = (time.now(), ids.next())
        return try await store.write { tx in
            let file = try ReviewedFileTable.load(id, in: tx)
            let review = try FileReviewTable.load(file.drawn.review, in: tx)
            let reader = try reader(of: file, review, guest, today: now.day)
            let dossier = try load(file.drawn.matter.dossier, in: tx)
            try note(Look(guest.looker, at: dossier.seen, for: .fileReview, now), as: look, in: tx)
            var names: [StaffID: String] = [:]
            for sheet in file.sheets {
                let staff = try StaffTable.staff(sheet.reviewer, in: tx)
                names[sheet.reviewer] = staff?.name?.text ?? staff?.employeeNumber.text
            }
            let awaitsThird = file.stage == .divergent && reader == .supervisor
            let able = awaitsThird ? try reviewers(today: now.day, in: tx) : []
            let ruler = ruler(of: file, in: review, guest, today: now.day)
            let eligible = Set(FileReviewRules().eligible(able.map(\.0), for: file))
            return OpenedFile(
                file: file, review: review, reader: reader, opened: try opened(dossier, in: tx),
                hasReviewed: ruler.staff.map { file.sheet(of: $0) != nil } ?? false, names: names,
                thirds: able.filter { eligible.contains($0.0.staff) }.map(\.1))
        }
    }

    private func reader(
        of file: ReviewedFile, _ review: FileReview, _ guest: Guest, today: CivilDate
    ) throws -> FileReader {
        let sheet = guest.session.holder.actor.staff.flatMap { file.sheet(of: $0) }
        // Whoever supervises and reviews sees no other sheet while hers is open.
        if let sheet, sheet.submittedAt == nil { return .reviewer(sheet) }
        if supervises(review.terms, guest, today: today) { return .supervisor }
        if let sheet { return .reviewer(sheet) }
        guard file.outcome != nil, guest.reaches(.lead, file.drawn.matter.scope, today: today) else {
            throw PerformerRefusal.notAllowed
        }
        return .body
    }
}
