import Catalogue
import Dossiers
import Papers
import Vocabulary

/// What the papers of the stages say.
extension PaperContents {
    func receipt() -> [String: PaperValue] {
        let rows = dossier.materials.map { material in
            [name(material.material), "@\(form(material))", "\(max(1, material.keptFiles.count))"]
        }
        return [
            "receivedOn": .day(received), "materials": .table(rows.isEmpty ? [["@form", "@form", "1"]] : rows),
            "clerk": .text(staffName ?? "@online"),
        ]
    }

    private func form(_ material: HandedIn) -> String {
        switch material.source {
        case .files: "electronic"
        case .certificate: "certificate"
        case .paper: "paper"
        case .answers: "form"
        }
    }

    func name(_ id: String) -> String { guide?.materials.first { $0.id == id }?.name.zh ?? id }

    /// Everything at once, in the order of the guide (行政许可法 art. 32(4)).
    func correction(_ defects: [MaterialDefect], _ note: String?) -> [String: PaperValue] {
        let order = guide?.materials.map(\.id) ?? []
        let sorted = defects.enumerated().sorted { left, right in
            let places = [left, right].map { order.firstIndex(of: $0.element.material) ?? .max }
            return (places[0], left.offset) < (places[1], right.offset)
        }
        let rows = sorted.map { _, defect in
            let standard = guide?.materials.first { $0.id == defect.material }?.acceptanceStandard.zh ?? "@standard"
            return [name(defect.material), "@\(defect.kind.rawValue)", standard]
        }
        let due = rules.clock.due(terms.correction, after: now)
        var values: [String: PaperValue] = [
            "receivedOn": .day(received), "defects": .table(rows), "supplyBy": .day(due.day),
        ]
        values["note"] = text(note)
        values["provisional"] = due.isProvisional ? .text("@provisional") : nil
        values.merge(misled(sorted.map(\.element))) { own, _ in own }
        return values
    }

    /// The places of the guide that misled, each once; nothing where the guide did not.
    private func misled(_ defects: [MaterialDefect]) -> [String: PaperValue] {
        var labels: [Bilingual] = []
        for place in defects.compactMap({ $0.cause?.place }) {
            let label = guide?.label(of: place) ?? place.plainLabel
            if !labels.contains(label) { labels.append(label) }
        }
        guard !labels.isEmpty else { return [:] }
        return [
            "guidePlaces": .text(labels.map { "\u{201C}\($0.zh)\u{201D}" }.joined(separator: "、")),
            "guidePlacesEnglish": .text(labels.map { "\u{201C}\($0.en)\u{201D}" }.joined(separator: ", ")),
        ]
    }

    func acceptance(
        _ from: Instant, _ bySilence: Bool, _ person: Submission.Personal
    ) -> [String: PaperValue] {
        let due = rules.promisedDue(of: dossier, acceptedAt: from)
        var values: [String: PaperValue] = [
            "appliedOn": .day(dossier.submittedAt.day), "acceptedOn": .day(from.day), "decideBy": .day(due.day),
            "limit": .text(terms.promised.words),
        ]
        values["applicantContact"] = person.contactMobile.isEmpty ? nil : .text(person.contactMobile)
        values["silence"] = bySilence ? .text("@silence") : nil
        values["provisional"] = due.isProvisional ? .text("@provisional") : nil
        return values
    }

    func nonAcceptance(
        _ ground: DeclineGround, _ authority: String?, _ note: String?
    ) -> [String: PaperValue] {
        let clause =
            switch ground {
            case .notNeeded: "@clause1"
            case .otherAuthority: "@clause2"
            case .notCorrected: "@clause45"
            }
        var values: [String: PaperValue] = [
            "receivedOn": .day(received), "ground": .text("@\(ground.rawValue)"), "clause": .text(clause),
            "reasons": .list([note ?? ""]),
        ]
        values["rightAuthority"] = text(authority)
        return values
    }

    func grant(_ grounds: String?) -> [String: PaperValue] {
        let validity = terms.validityMonths.map { "\($0)个月" } ?? "@longTerm"
        var values: [String: PaperValue] = [
            "acceptedOn": .day(accepted), "facts": .list([grounds ?? ""]),
            "content": .text(isLicence ? "@grantLicence" : "@grantOther"),
            "validity": .text(terms.certificateType == nil ? "@byRule" : validity),
        ]
        values["basis"] = bases
        values["certificateNumber"] = text(certificateNumber)
        values["deliverBy"] =
            certificateNumber == nil ? nil : .day(rules.clock.due(terms.delivery, after: now).day)
        return values
    }

    func refusal(_ grounds: String?, _ standard: String?) -> [String: PaperValue] {
        var values: [String: PaperValue] = [
            "acceptedOn": .day(accepted), "reasons": .list([grounds ?? ""]),
            "decision": .text(isLicence ? "@refuseLicence" : "@refuseOther"),
        ]
        values["basis"] = bases
        values["standard"] = standard.map { .list([$0]) }
        return values
    }

    func withdrawn(_ note: String?) -> [String: PaperValue] {
        var values: [String: PaperValue] = [
            "appliedOn": .day(dossier.submittedAt.day), "withdrawnOn": .day(now.day),
        ]
        values["reason"] = text(note)
        return values
    }

    func termination(_ reason: String?) -> [String: PaperValue] {
        ["appliedOn": .day(dossier.submittedAt.day), "reasons": .list([reason ?? ""])]
    }

    var accepted: CivilDate { (dossier.acceptance?.from ?? now).day }

    /// The articles that the item rests on, as far as they were checked.
    var bases: PaperValue? {
        let checked = guide?.standard.legalBases.filter(\.checked).map(\.citation.zh) ?? []
        return checked.isEmpty ? nil : .list(checked)
    }
}

extension TimeLimit {
    /// `4个工作日`, as papers say it; 0 is a term of the template.
    var words: String {
        guard value > 0 else { return "@atOnce" }
        return switch unit {
        case .workingDays: "\(value)个工作日"
        case .calendarDays: "\(value)日"
        case .hours: "\(value)小时"
        case .minutes: "\(value)分钟"
        case .months: "\(value)个月"
        }
    }
}
