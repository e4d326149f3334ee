import Vocabulary

/// 红黄灯: how a dossier stands with its time (domain section 4.3). Colour never speaks alone: pages add a shape and a
/// word.
package enum Light: Int, Sendable, Codable, CaseIterable, Comparable {
    case green
    /// Little of the promise is left, or a step is past its own limit.
    case yellow
    /// The promise is past, or a rule was broken.
    case red
    /// The limit of the law is past.
    case statutory

    package static func < (left: Light, right: Light) -> Bool { left.rawValue < right.rawValue }
}

/// A rule that was not kept; what happened cannot be undone, so it is shown.
package enum Breach: String, Sendable, Codable, CaseIterable {
    /// Nobody answered within five working days of the receipt (行政许可法 art. 32(4)).
    case acceptedBySilence
    /// The promise is past (优化营商环境条例 art. 36).
    case promisePassed
    /// The limit of the law is past (art. 42).
    case statutoryPassed
    /// The result was neither delivered nor ready to be fetched within ten working days (art. 44).
    case deliveryPassed
    /// An inspection, test or quarantine began later than five working days after the acceptance (art. 55).
    case specialBegunLate
    /// A special procedure took longer than was told in writing (art. 45).
    case specialPassed
    /// A hearing was not held within twenty working days of the request (art. 47).
    case hearingPassed
    /// A commitment was not verified in its time.
    case verificationPassed
}

extension DossierRules {
    /// The rules that were not kept, in the order of their declaration.
    package func breaches(of dossier: Dossier) -> [Breach] {
        let passed = dossier.proceedings.passed
        let limits: [(ClockLimit, Breach)] = [
            (.promised, .promisePassed), (.statutory, .statutoryPassed), (.delivery, .deliveryPassed),
            (.special, .specialPassed), (.hearing, .hearingPassed), (.verification, .verificationPassed),
        ]
        var breaches = Set(limits.filter { passed[$0.0] != nil }.map(\.1))
        if dossier.acceptance?.bySilence == true { breaches.insert(.acceptedBySilence) }
        if dossier.proceedings.special.contains(where: { beganLate($0, dossier) }) {
            breaches.insert(.specialBegunLate)
        }
        return Breach.allCases.filter(breaches.contains)
    }

    /// Those of the breaches of which what is wrong still is: nobody has decided, delivered, heard or verified yet. A
    /// limit that was passed and then moved by a notice is no longer past.
    package func standingBreaches(of dossier: Dossier) -> [Breach] {
        let passed = dossier.proceedings.passed
        return breaches(of: dossier).filter { breach in
            switch breach {
            // These cannot be mended.
            case .acceptedBySilence, .specialBegunLate: false
            case .promisePassed: promisedDue(of: dossier).map { $0.day == passed[.promised] } ?? false
            case .statutoryPassed: statutoryDue(of: dossier).map { $0.day == passed[.statutory] } ?? false
            case .deliveryPassed: dossier.decision != nil && due(of: dossier) != nil
            case .specialPassed:
                dossier.isBeingExamined
                    && dossier.proceedings.special.running.contains {
                        due(of: $0).day <= passed[.special] ?? .distantPast
                    }
            case .hearingPassed: dossier.isBeingExamined && hearingDue(of: dossier)?.day == passed[.hearing]
            case .verificationPassed: verificationDue(of: dossier) != nil
            }
        }
    }

    /// The light of a dossier by what has been written down; nil when no limit of the authority runs.
    package func light(of dossier: Dossier) -> Light? {
        guard let due = due(of: dossier) else { return nil }
        let (proceedings, breaches) = (dossier.proceedings, breaches(of: dossier))
        guard dossier.isBeingExamined else {
            if breaches.contains(.deliveryPassed) { return .statutory }
            return breaches.isEmpty ? .green : .red
        }
        if let statutory = statutoryDue(of: dossier)?.day, proceedings.passed[.statutory] == statutory {
            return .statutory
        }
        // A limit that was passed and then moved by a notice is no longer past; other breaches stay.
        let standing = breaches.filter { $0 != .promisePassed && $0 != .statutoryPassed && $0 != .specialPassed }
        if proceedings.passed[.promised] == due.day || !standing.isEmpty { return .red }
        if let step = stepDue(of: dossier)?.day, proceedings.passed[.step] == step { return .yellow }
        return proceedings.remindedOf == due.day || proceedings.passed[.special] != nil ? .yellow : .green
    }

    private func beganLate(_ record: SpecialRecord, _ dossier: Dossier) -> Bool {
        guard let days = record.procedure.startsWithin, let accepted = dossier.acceptance?.recordedAt else {
            return false
        }
        return record.begunAt.day > clock.due(days, after: accepted).day
    }
}
