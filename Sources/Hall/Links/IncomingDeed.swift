import Accounts
import Certificates
import Dossiers
import Exchange
import Foundation
import Vocabulary

/// What a record that came over a link asks for, read from its columns alone.
struct IncomingDeed: Sendable {
    enum Matter: Sendable {
        case step(name: String, RecordCodes.Action)
        case special(SpecialProcedure, isFavourable: Bool)
        case result(isGrant: Bool)
        case certificate(type: String, holder: String)
    }

    let matter: Matter
    /// The dossier's number; empty where the record has none.
    let number: String
    /// The names of those who answer for it, the first of whom acts.
    let officials: [String]
    private let words: String
    private let remark: String

    /// LIMIT: officials that one record names; the law wants two.
    static let officialsMax = 4

    /// Refuses another family than those that say something of a dossier, a step or a result that is not taken, and two
    /// numbers that differ.
    init(_ record: LinkRecord) throws(LinkRefusal) {
        let values = record.record.values
        let text = { (column: String) in values[column]?.text ?? "" }
        // Records are not deleted.
        guard text("cd_operation") != "D" else { throw .stepUnknown }
        let own = text("project_no")
        guard own.isEmpty || record.number.isEmpty || own == record.number else { throw .contradicts }
        number = record.number.isEmpty ? own : record.number
        remark = text("remark")
        switch record.record.family {
        case "up_pro_process":
            guard let action = RecordCodes.Action(rawValue: text("event_name")) else { throw .stepUnknown }
            matter = .step(name: text("process_name"), action)
            (words, officials) = (text("handle_explain"), try Self.names(text("handle_user_name")))
        case "up_pro_special_procedure":
            guard text("special_type") == RecordCodes.special(isExtension: false),
                let procedure = SpecialProcedure.allCases.first(where: { $0.label == text("special_name") }),
                let isFavourable = Self.findings[text("result")]
            else { throw .stepUnknown }
            matter = .special(procedure, isFavourable: isFavourable)
            let explained = text("special_explain")
            words = explained.isEmpty ? text("result") : explained
            let hands = text("handle_user")
            officials = try Self.names(hands.isEmpty ? text("applyer_user_name") : hands)
        case "up_pro_result":
            guard let isGrant = ["0": true, "1": false][text("result_type")] else { throw .stepUnknown }
            matter = .result(isGrant: isGrant)
            (words, officials) = (text("result_explain"), try Self.names(text("handle_user_name")))
        case "up_lic_data":
            matter = .certificate(
                type: text("certificate_type_code").uppercased(), holder: text("certificate_holder_code").uppercased())
            (words, officials) = ("", [])
        default: throw .familyUnfit
        }
    }

    private static let findings = [RecordFinding.favourable: true, RecordFinding.unfavourable: false]

    private static func names(_ text: String) throws(LinkRefusal) -> [String] {
        let names = text.split { "、,，;；".contains($0) }.map { $0.trimmingCharacters(in: .whitespaces) }
        guard (1...officialsMax).contains(names.count) else { throw .officerUnknown }
        return names
    }

    /// Whether somebody must answer for it by name.
    var needsOfficial: Bool {
        if case .certificate = matter { return false }
        return true
    }

    /// What the partner must be allowed.
    var scope: PartnerScope {
        switch matter {
        case .step(let name, let action): IncomingStep.named(name, action)?.scope ?? .review
        case .special: .review
        case .result, .certificate: .decide
        }
    }

    /// Where it must be allowed to.
    func desk(on dossier: Dossier) -> (body: CreditCode, region: Region) {
        let terms = dossier.submitted.terms
        guard case .step(let name, _) = matter, let step = terms.step(named: name), let body = step.body else {
            return (terms.body, terms.region)
        }
        return (body.code, body.region)
    }
}

/// What becomes of a record on a dossier as it stands.
enum IncomingBearing: Hashable, Sendable {
    case command(DossierCommand)
    /// The dossier says the same already.
    case known
    /// The dossier has not come so far.
    case early
}

extension IncomingDeed {
    /// What becomes of it on a dossier as the law has it now. Refuses what the dossier has gone past or contradicts,
    /// and a step that it has not.
    func bearing(
        on dossier: Dossier, officers: [Actor], certificate: Certificate?
    ) throws(LinkRefusal) -> IncomingBearing {
        let said = IncomingStep.Said(words: words, remark: remark, officers: officers)
        switch matter {
        case .step(let name, let action):
            if let own = try ownStep(name, action, dossier) { return own }
            guard let step = IncomingStep.named(name, action) else { throw .stepUnknown }
            return try timed(step.command(said), on: dossier)
        case .special(let procedure, let isFavourable):
            return try timed(IncomingStep.end(procedure, isFavourable: isFavourable, said), on: dossier)
        case .result(let isGrant):
            if let decision = dossier.decision {
                guard decision.isGrant == isGrant else { throw .tooLate }
                return .known
            }
            let command =
                isGrant
                ? DossierCommand.grant(grounds: words, certificate: nil) : .refuse(grounds: words, standard: remark)
            return try timed(command, on: dossier)
        case .certificate(let type, let holder):
            return try compared((type, holder), with: certificate, of: dossier)
        }
    }

    private func timed(_ command: DossierCommand, on dossier: Dossier) throws(LinkRefusal) -> IncomingBearing {
        if case .special(.end(let procedure, _, _)) = command {
            let records = dossier.proceedings.special.filter { $0.procedure == procedure }
            if records.running.isEmpty, let last = records.last {
                return try known(command, as: last)
            }
            if records.isEmpty, RecordTiming.of(command, on: dossier) == .now { return .early }
        }
        switch RecordTiming.of(command, on: dossier) {
        case .early: return .early
        case .late: throw .tooLate
        case .now: return .command(command)
        }
    }

    /// A procedure that is over says the same, or something else came out of it.
    private func known(
        _ command: DossierCommand, as record: SpecialRecord
    ) throws(LinkRefusal) -> IncomingBearing {
        guard case .special(.end(_, let finding, _)) = command, let own = record.finding else { return .known }
        guard own.isFavourable == finding.isFavourable else { throw .contradicts }
        return .known
    }

    /// A step of the item's own examination; nil where the item has none of this name, or one that is the last and has
    /// the name of the whole.
    private func ownStep(
        _ name: String, _ action: RecordCodes.Action, _ dossier: Dossier
    ) throws(LinkRefusal) -> IncomingBearing? {
        let steps = dossier.submitted.terms.steps
        guard let step = dossier.submitted.terms.step(named: name), let index = steps.firstIndex(of: step) else {
            return nil
        }
        let isLast = index == steps.count - 1
        if isLast, IncomingStep.named(name, action) != nil { return nil }
        // Back to which step, the record does not say.
        guard action == .passed || action == .sentBack && index == 1 else { throw .stepUnknown }
        if action == .sentBack {
            return try placed(.handling(.sendBack(step: steps[0].id, note: words)), at: index, of: steps, dossier)
        }
        let pass = isLast ? DossierCommand.passReview(.grant, opinion: words) : .handling(.pass(opinion: words))
        return try placed(pass, at: index, of: steps, dossier)
    }

    private func placed(
        _ command: DossierCommand, at index: Int, of steps: [ReviewStep], _ dossier: Dossier
    ) throws(LinkRefusal) -> IncomingBearing {
        if case .inReview = dossier.stage, let current = dossier.step, let now = steps.firstIndex(of: current) {
            if now < index { return .early }
            if now > index { throw .tooLate }
        }
        return try timed(command, on: dossier)
    }

    private func compared(
        _ told: (type: String, holder: String), with certificate: Certificate?, of dossier: Dossier
    ) throws(LinkRefusal) -> IncomingBearing {
        guard let decision = dossier.decision else {
            guard dossier.hasEnded else { return .early }
            throw .tooLate
        }
        guard decision.isGrant, let type = dossier.submitted.terms.certificateType else { throw .contradicts }
        guard (certificate?.reservation.identifier.type ?? type).uppercased() == told.type else { throw .contradicts }
        // Whoever was forgotten is not compared.
        let holder = certificate == nil ? dossier.personal?.applicantNumber : certificate?.personal?.holderNumber
        guard holder.map({ $0.uppercased() == told.holder }) ?? true else { throw .contradicts }
        return .known
    }
}

extension Terms {
    /// The only step of the examination with a name, or an id; nil where there is none, or several.
    fileprivate func step(named name: String) -> ReviewStep? {
        let found = steps.filter { $0.name == name || $0.id == name }
        return found.count == 1 ? found[0] : nil
    }
}
