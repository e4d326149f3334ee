import Accounts
import Dossiers
import Foundation
import Hall
import Vocabulary

/// The deeds of the way from desk to desk, as forms post them: `POST /office/dossiers/{id}/{deed}`.
struct HandlingForm {
    let form: PostedForm

    /// The command of a deed; nil for a deed of another matter.
    func command(_ deed: String) throws -> DossierCommand? {
        let note = form["note"]
        switch deed {
        case "step": return .handling(.pass(opinion: note))
        case "step-return": return .handling(.sendBack(step: form["step"], note: note))
        case "taking": return .handling(.take)
        case "assignment": return .handling(.assign(staff: try staff(form["staff"]), note: note))
        case "delegation": return .handling(.delegate(staff: try staff(form["staff"]), note: note))
        case "giving-back": return .handling(.giveBack(note: note))
        case "urging": return .handling(.urge(note: note))
        case "recusal": return .handling(.recuse(note: note))
        case "recusal-ruling": return .handling(.rule(staff: try staff(form["staff"]), note: note))
        case "opinions": return try ask(note)
        case "opinion":
            guard let answer = OpinionAnswer(rawValue: form["choice"]), let respondent = Respondent(text: form["for"])
            else { throw DoorRefusal.malformedForm }
            return .handling(.answer(respondent: respondent, answer, text: note))
        default: return nil
        }
    }

    private func ask(_ question: String) throws -> DossierCommand {
        let respondents = try form.all("ask").map { text in
            guard let respondent = Respondent(text: text) else { throw DoorRefusal.malformedForm }
            return respondent
        }
        guard let until = CivilDate(form["until"]) else { throw DoorRefusal.malformedForm }
        return .handling(.ask(respondents: respondents, until: until, question: question))
    }

    private func staff(_ text: String) throws -> StaffID {
        guard let id = StaffID(text) else { throw DoorRefusal.malformedForm }
        return id
    }
}

extension Respondent {
    /// `staff:` and the id, or `body:`, its code and its region.
    var text: String {
        switch self {
        case .officer(let staff): "staff:\(staff)"
        case .body(let code, let region): "body:\(code.code):\(region.code)"
        }
    }

    /// Reads `text`; nil for anything else.
    init?(text: String) {
        let parts = text.split(separator: ":").map(String.init)
        if parts.count == 2, parts[0] == "staff", let staff = StaffID(parts[1]) {
            self = .officer(staff: staff)
        } else if parts.count == 3, parts[0] == "body", let code = CreditCode(parts[1]), let region = Region(parts[2]) {
            self = .body(code: code, region: region)
        } else {
            return nil
        }
    }
}
