import Catalogue
import Dossiers
import Store
import Vocabulary

/// What a token was used for: the command and its subject, so that the same token cannot do something else.
struct CommandMark: Sendable {
    let bytes: [UInt8]

    /// The mark of a command, or of what a program sent.
    init(_ command: DossierCommand, on id: DossierID?, of attempt: Attempt) throws {
        bytes = try attempt.sent ?? CommandMark(command, on: id).bytes
    }

    init(_ command: DossierCommand, on id: DossierID?) throws {
        let subject = id.map { $0.description } ?? ""
        if let whole = Self.whole(command) {
            bytes = try Array("\(subject) \(whole.name) ".utf8) + CanonicalJSON.bytes(of: whole.value)
        } else {
            bytes = Array("\(subject) \(Self.text(command))".utf8)
        }
    }

    /// Commands of which everything counts.
    private static func whole(_ command: DossierCommand) -> (name: String, value: any Encodable)? {
        switch command {
        case .special(let command): ("special", command)
        case .hearing(let command): ("hearing", command)
        case .extend(let command): ("extend", command)
        case .party(let command): ("party", command)
        case .tolerance(let command): ("tolerance", command)
        case .commitment(let command): ("commitment", command)
        case .licence(let command): ("licence", command)
        case .overrun(let command): ("overrun", command)
        case .handling(let command): ("handling", command)
        default: nil
        }
    }

    private static func text(_ command: DossierCommand) -> String {
        switch command {
        case .submit(let submission): text(submission)
        case .returnForPreReview(let defects, let note): "return \(text(defects)) \(note)"
        case .resubmit(let materials): "resubmit \(text(materials))"
        case .passPreReview: "pass-pre-review"
        case .receive: "receive"
        case .requestCorrection(let defects, let note): "request-correction \(text(defects)) \(note)"
        case .supplyCorrection(let materials): "supply \(text(materials))"
        case .mend(let materials): "mend \(text(materials))"
        case .accept: "accept"
        case .decline(let ground, let authority, let note):
            "decline \(ground.rawValue) \(authority.debugDescription) \(note)"
        case .passReview(let proposal, let opinion): "review \(proposal.rawValue) \(opinion)"
        case .returnToReviewer(let note): "return-to-reviewer \(note)"
        // The certificate's id is drawn anew when a lost answer is asked for again.
        case .grant(let grounds, let certificate): "grant \(certificate == nil ? "" : "with certificate ")\(grounds)"
        case .refuse(let grounds, let standard): "refuse \(standard.debugDescription) \(grounds)"
        case .fileCertificate(let id): "file \(id)"
        // The pick-up code as well.
        case .issue: "issue"
        case .handOver(let proof, let recipient): "hand-over \(proof.rawValue) \(recipient)"
        case .close: "close"
        case .withdraw(let note): "withdraw \(note)"
        case .terminate(let note): "terminate \(note)"
        case .tick: "tick"
        // Written whole.
        case .special, .hearing, .extend, .party, .tolerance, .commitment, .licence, .overrun, .handling: ""
        }
    }

    /// Case numbers are drawn anew when a lost answer is asked for again; everything else must be the same.
    private static func text(_ submission: Submission) -> String {
        let agent = submission.agent.map { "\($0)" } ?? ""
        return """
            submit \(submission.applicant) \(agent) \(submission.terms.itemCode) \(submission.mode.id) \
            \(submission.delivery.id)\(submission.isCommitted ? " committed" : "") \
            \(text(submission.materials)) \(text(submission.situation)) \
            \(text(submission.personal.answers)) \
            \(submission.personal.contactMobile.debugDescription)\(delivery(submission))
            """
    }

    private static func delivery(_ submission: Submission) -> String {
        (submission.personal.deliverTo.map(text) ?? "") + (submission.agreedCents.map { " for \($0)" } ?? "")
    }

    private static func text(_ address: PostalAddress) -> String {
        let words = [address.recipient, address.mobile.number, address.division.code, address.street]
        return " to " + words.map(\.debugDescription).joined(separator: " ")
    }

    /// Quoted, so that no text can pass for two.
    private static func text(_ answers: [String: String]) -> String {
        answers.sorted { $0.key < $1.key }.map { "\($0.key.debugDescription)=\($0.value.debugDescription)" }
            .joined(separator: "&")
    }

    private static func text(_ defects: [MaterialDefect]) -> String {
        defects.map { defect in
            let words = defect.words.map(\.debugDescription) ?? ""
            return "\(defect.material):\(defect.kind.rawValue):\(defect.cause?.code ?? "")\(words)"
        }.joined(separator: ",")
    }

    private static func text(_ materials: [HandedIn]) -> String {
        materials.map { handedIn in
            switch handedIn.source {
            case .files(let files): "\(handedIn.material):\(files.map(\.digest).joined(separator: "+"))"
            case .certificate(let id): "\(handedIn.material):\(id)"
            case .paper: "\(handedIn.material):paper"
            case .answers: "\(handedIn.material):answers"
            }
        }.joined(separator: ",")
    }
}
