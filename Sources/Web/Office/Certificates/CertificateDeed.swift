import Certificates
import Hall
import Vocabulary

/// What an officer does to a certificate; the raw value is the last part of its address, a noun.
enum CertificateDeed: String, CaseIterable {
    case check = "annual-check"
    case restriction
    case suspension
    case lifting
    case cancellation
    case revocation
    case recall
    case archive

    var word: Word {
        switch self {
        case .check: Word("certificate.deed-check")
        case .restriction: Word("certificate.deed-restrict")
        case .suspension: Word("certificate.deed-suspend")
        case .lifting: Word("certificate.deed-lift")
        case .cancellation: Word("certificate.deed-cancel")
        case .revocation: Word("certificate.deed-revoke")
        case .recall: Word("certificate.deed-recall")
        case .archive: Word("certificate.deed-archive")
        }
    }

    /// The law, where no ground of the form names it.
    var law: String? {
        switch self {
        case .check: CertificateCommand.check(passed: true, note: "").law
        case .lifting: CertificateCommand.lift(note: "").law
        case .archive: CertificateCommand.archive.law
        case .restriction, .suspension, .cancellation, .revocation, .recall: nil
        }
    }

    /// Grounds to choose from; none where the deed needs none.
    private var grounds: [CertificateGround] {
        switch self {
        case .restriction: CertificateGround.ofRestriction
        case .suspension: CertificateGround.ofSuspension
        case .cancellation: CertificateGround.of(.cancelled)
        case .revocation: CertificateGround.of(.revoked)
        case .recall: CertificateGround.of(.recalled)
        case .check, .lifting, .archive: []
        }
    }

    /// Whether the deed is worth showing as the certificate stands. The rules decide in the end.
    func isOffered(_ certificate: Certificate, _ kind: CertificateKind?, on today: CivilDate) -> Bool {
        let state = certificate.state
        let isOver = certificate.standing(on: today) == .expired
        let isFromCase = certificate.reservation.dossier != nil
        switch self {
        case .check: return state.isOpen && !isOver && kind?.handling.annualCheck == true
        case .restriction: return state == .issued && !isOver
        case .suspension: return (state == .issued || state == .restricted) && !isOver
        case .lifting: return (state == .restricted || state == .suspended) && !isOver
        case .revocation, .recall: return state.isOpen && !isFromCase
        case .cancellation:
            return !isFromCase && (state.isOpen || [.revoked, .recalled, .expired].contains(state))
        case .archive: return state.hasEnded || (state != .archived && isOver)
        }
    }

    /// Writes the questions of the form and its button.
    func write(_ html: inout HTML, _ form: DeedForm) {
        let words = html.words
        if self == .check {
            let answers = [
                Option("passed", words["certificate.check-passed"]),
                Option("failed", words["certificate.check-failed"], hint: words["certificate.check-failed-hint"]),
            ]
            html.field(form.field("result", words["certificate.check-result"], .choice(answers)))
        }
        if !grounds.isEmpty {
            let options = grounds.map { Option($0.rawValue, words[$0.word], hint: $0.law) }
            html.field(form.field("ground", words["certificate.ground"], .choice(options)))
        }
        if self != .archive {
            html.field(form.field("note", words["certificate.why"], .multiline(max: Limits.textCharactersMax)))
        }
        let isHard = self == .cancellation || self == .revocation || self == .recall
        html.button(words[word], isHard ? .danger : .primary)
    }

    /// The command that a posted form means.
    func command(_ form: PostedForm) throws -> CertificateCommand {
        let note = form["note"]
        switch self {
        case .check:
            guard ["passed", "failed"].contains(form["result"]) else { throw FormRefusal.choiceMissing("result") }
            return .check(passed: form["result"] == "passed", note: note)
        case .restriction: return .restrict(try form.chosen("ground"), note: note)
        case .suspension: return .suspend(try form.chosen("ground"), note: note)
        case .lifting: return .lift(note: note)
        case .cancellation: return .end(.cancelled, try form.chosen("ground"), note: note)
        case .revocation: return .end(.revoked, try form.chosen("ground"), note: note)
        case .recall: return .end(.recalled, try form.chosen("ground"), note: note)
        case .archive: return .archive
        }
    }
}
