import Accounts
import Dossiers
import Hall
import Vocabulary
import Windows

/// What the deeds of a page are written from: the dossier as it stands, who looks at it, and what was refused before.
struct DeedSheet: Sendable {
    let view: DossierView
    let guest: Hall.Guest
    let csrf: String
    /// The page's own address; a deed posts to an address below it.
    let path: String
    let refused: RefusedDeed?
    /// With whom the dossier lies and whose opinion is asked; nil at the doors that do not give it from desk to desk.
    var handling: HandlingCard?
    /// The ticket of whoever stands at the window of who looks; nil where nobody does.
    var served: Ticket?

    var site: Site { view.site }
    var words: Words { view.words }
    var dossier: Dossier { view.dossier }
    var proceedings: Proceedings { view.dossier.proceedings }
    var terms: Terms { view.dossier.submitted.terms }
    var now: Instant { site.hall.time.now() }
    /// New for each form, so that each can be sent once.
    var tokens: FormTokens {
        FormTokens(csrf: csrf, command: site.hall.newToken()).serving(served?.id.description)
    }
    /// The number of the member of staff who looks; nil for a person.
    var staff: StaffID? {
        if case .staff(let staff, _) = guest.who { return staff.id }
        return nil
    }

    /// Whether who looks has one of the powers here today.
    func may(_ powers: Power...) -> Bool { powers.contains { guest.may($0, dossier, today: now.day) } }

    func form(_ resource: String) -> DeedForm { DeedForm(resource, refused, site, words) }
}

/// What a form's command is made from beside its fields.
struct DeedSource: Sendable {
    let hall: Hall
    /// Files that came with the form, each as what it was handed in as.
    var files: [HandedIn] = []

    /// The files of a field as they are handed in; nil where there are none.
    func files(_ field: String) -> MaterialSource? {
        let own = files.filter { $0.material == field }
        guard let first = own.first else { return nil }
        return own.dropFirst().reduce(first) { $0.joined(with: $1) }.source
    }
}

/// One deed on a dossier: when it is offered, its form, and the command that the form says.
struct DossierDeed: Sendable {
    /// The last part of its address, a noun: `hearings`.
    let resource: String
    /// Whether the stage and the powers of who looks allow it; the rules say so once more when it is done.
    let isOffered: @Sendable (DeedSheet) -> Bool
    let write: @Sendable (inout HTML, DeedSheet) -> Void
    let command: @Sendable (PostedForm, DeedSource) async throws -> DossierCommand
    /// Whether files come with its form.
    private(set) var hasFiles = false

    init(
        _ resource: String, isOffered: @escaping @Sendable (DeedSheet) -> Bool,
        write: @escaping @Sendable (inout HTML, DeedSheet) -> Void,
        command: @escaping @Sendable (PostedForm, DeedSource) async throws -> DossierCommand
    ) {
        (self.resource, self.isOffered, self.write, self.command) = (resource, isOffered, write, command)
    }

    /// The same deed with files.
    func withFiles() -> DossierDeed {
        var deed = self
        deed.hasFiles = true
        return deed
    }
}

/// How a folded deed is headed.
struct DeedHeading: Sendable {
    let title: String
    /// The article it rests on; nil where the page has said it.
    let law: String?
    let key: Key?

    init(_ title: String, law: String? = nil, key: Key? = nil) {
        (self.title, self.law, self.key) = (title, law, key)
    }
}

extension HTML {
    /// Writes those of the deeds that are offered, or that there is none.
    mutating func deeds(_ deeds: [DossierDeed], _ sheet: DeedSheet) {
        let offered = deeds.filter { $0.isOffered(sheet) }
        for deed in offered { deed.write(&self, sheet) }
        if offered.isEmpty { note(words["window.nothing"]) }
    }

    /// Writes the form of a deed under its heading, folded unless it has just been refused.
    mutating func fold(
        _ heading: DeedHeading, _ form: DeedForm, _ sheet: DeedSheet, hasFiles: Bool = false,
        content: (inout HTML) -> Void
    ) {
        unfold(heading.title, isOpen: form.refused != nil, key: heading.key) { html in
            if let law = heading.law { html.note(law) }
            html.form("\(sheet.path)/\(form.resource)", sheet.tokens, hasFiles: hasFiles, content: content)
        }
    }
}
