import Catalogue
import Dossiers
import Supervision
import Vocabulary

/// The course of a case: what follows a deed, and when. Pure: the same case, deed and dice give the same.
struct CityCourse: Sendable {
    let hours: CityHours

    typealias Next = (deed: CityDeed, at: Instant)

    /// What somebody does next; nil when nobody does anything any more.
    func next(after deed: CityDeed, of one: inout CityCase, at now: Instant, _ dice: inout CityDice) -> Next? {
        switch deed {
        case .file, .returnForPreReview, .resubmit, .passPreReview, .receive, .requestCorrection, .supplyCorrection:
            return intake(after: deed, of: &one, at: now, &dice)
        case .accept, .acceptTolerant, .supplyLagging, .beginSpecial, .endSpecial, .tellHearing, .requestHearing,
            .scheduleHearing, .recordHearing, .review, .returnToReviewer:
            return examination(after: deed, of: &one, at: now, &dice)
        case .decide: return result(of: one, at: now, &dice)
        case .pickedUp: return (.delivered, hours.on(dice.number(1...2), after: now, &dice))
        case .collect, .delivered:
            guard one.choice.isCommitted, !one.fate.refuses else { return verdict(on: one, at: now, &dice) }
            return (.announceVisit, hours.on(dice.number(2...6), after: now, &dice))
        case .announceVisit: return one.appointment.map { (.verify, $0) }
        case .decline, .withdraw, .verify: return verdict(on: one, at: now, &dice)
        case .judge, .callBack, .appeal, .ruleOnAppeal, .mend, .check, .revisit, .publish:
            return mending(after: deed, of: &one, at: now, &dice)
        // What follows is what she came for.
        case .takeNumber: return nil
        }
    }

    /// At the window before she goes, or at home within some days.
    private func verdict(on one: CityCase, at now: Instant, _ dice: inout CityDice) -> Next? {
        guard let verdict = one.verdict else { return nil }
        let isHere = [.hallTablet, .qr].contains(verdict.channel)
        return (.judge, later(isHere ? dice.number(20...60) : dice.number(120...4000), now))
    }

    /// 差评整改: a call within a working day, mending within fifteen, a colleague who looks at it, another call, and what
    /// the public reads.
    private func mending(after deed: CityDeed, of one: inout CityCase, at now: Instant, _ dice: inout CityDice) -> Next?
    {
        guard let verdict = one.verdict, verdict.grade.isBad else { return nil }
        switch deed {
        case .judge:
            return (
                .callBack,
                verdict.isCalledLate
                    ? hours.on(3, after: now, &dice) : hours.later(dice.number(60...240), after: now, &dice)
            )
        case .callBack where verdict.isAppealed:
            return (.appeal, hours.later(dice.number(30...200), after: now, &dice))
        case .appeal: return (.ruleOnAppeal, hours.on(dice.number(1...4), after: now, &dice))
        case .ruleOnAppeal where verdict.isUpheld: return nil
        case .callBack, .ruleOnAppeal:
            return (.mend, hours.on(verdict.isMendedLate ? 18 : dice.number(1...8), after: now, &dice))
        case .mend: return (.check, hours.on(1, after: now, &dice))
        case .check where !verdict.isEnough && !one.wasMendedAgain:
            one.wasMendedAgain = true
            return (.mend, hours.on(dice.number(1...3), after: now, &dice))
        case .check: return (.revisit, hours.on(dice.number(1...5), after: now, &dice))
        case .revisit: return (.publish, hours.on(dice.number(1...3), after: now, &dice))
        default: return nil
        }
    }

    private func intake(
        after deed: CityDeed, of one: inout CityCase, at now: Instant, _ dice: inout CityDice
    ) -> Next? {
        switch deed {
        case .file where one.choice.mode.hasPreReview:
            let at = hours.later(dice.number(30...240), after: now, &dice)
            return one.fate.isReturned ? (.returnForPreReview, at) : (.passPreReview, at)
        case .returnForPreReview: return (.resubmit, now.advanced(bySeconds: Int64(dice.number(3600...100_000))))
        case .resubmit: return (.passPreReview, hours.later(dice.number(30...240), after: now, &dice))
        case .passPreReview: return (.receive, hours.on(dice.number(1...3), after: now, &dice))
        case .requestCorrection:
            guard one.fate.isCorrectionSupplied else { return nil }
            return (.supplyCorrection, hours.on(dice.number(1...6), after: now, &dice))
        default: return acceptance(after: deed, of: one, at: now, &dice)
        }
    }

    private func acceptance(after deed: CityDeed, of one: CityCase, at now: Instant, _ dice: inout CityDice) -> Next {
        let isWaiting = one.choice.hall != nil || one.choice.mode.originals == .counter
        let minutes = isWaiting ? dice.number(2...5) : dice.number(10...200)
        let at = deed == .supplyCorrection || !isWaiting ? hours.later(minutes, after: now, &dice) : later(minutes, now)
        if deed != .supplyCorrection {
            if one.fate.isWithdrawnEarly { return (.withdraw, at) }
            if one.fate.isDeclined { return (.decline, at) }
            if one.fate.isTolerant, one.leftOut != nil { return (.acceptTolerant, at) }
            if one.fate.isCorrected, one.leftOut != nil { return (.requestCorrection, at) }
        }
        return (.accept, at)
    }

    private func examination(
        after deed: CityDeed, of one: inout CityCase, at now: Instant, _ dice: inout CityDice
    ) -> Next? {
        switch deed {
        case .accept, .acceptTolerant:
            plan(&one, at: now, &dice)
            if deed == .acceptTolerant {
                return one.fate.isLaggingSupplied
                    ? (.supplyLagging, hours.later(dice.number(60...200), after: now, &dice)) : review(&one, now, &dice)
            }
            if one.fate.isWithdrawnLate, !one.choice.isImmediate {
                return (.withdraw, hours.later(dice.number(20...120), after: now, &dice))
            }
            if one.choice.isCommitted { return (.decide, hours.later(dice.number(10...60), after: now, &dice)) }
            switch one.fate.procedure {
            case .special: return (.beginSpecial, hours.later(dice.number(20...90), after: now, &dice))
            case .hearing: return (.tellHearing, hours.later(dice.number(20...90), after: now, &dice))
            case nil: return review(&one, now, &dice)
            }
        case .beginSpecial:
            one.pausedSince = now.day
            return (.endSpecial, hours.on(dice.number(2...6), after: now, &dice))
        case .tellHearing:
            one.pausedSince = now.day
            return (.requestHearing, hours.on(1, after: now, &dice))
        case .requestHearing: return (.scheduleHearing, hours.later(dice.number(20...60), after: now, &dice))
        case .scheduleHearing: return one.appointment.map { (.recordHearing, $0.advanced(bySeconds: 5400)) }
        case .endSpecial, .recordHearing:
            if let since = one.pausedSince {
                one.pausedDays = hours.calendar.workingDays(from: since, upTo: now.day).count
            }
            plan(&one, at: now, &dice)
            return review(&one, now, &dice)
        case .review:
            guard let at = one.decidedAt else { return nil }
            let minutes = one.choice.isImmediate ? dice.number(1...3) : dice.number(10...60)
            let decided = max(at, later(minutes, now))
            if one.fate.isSentBack, !one.wasSentBack { return (.returnToReviewer, later(minutes, now)) }
            return (.decide, one.choice.isImmediate && at <= now ? later(minutes, now) : decided)
        case .returnToReviewer:
            one.wasSentBack = true
            return (.review, hours.later(dice.number(10...40), after: now, &dice))
        default: return review(&one, now, &dice)
        }
    }

    /// When it is decided: well within the promise, or later than it or than the law allows. What is decided on the
    /// spot is decided while somebody waits.
    private func plan(_ one: inout CityCase, at now: Instant, _ dice: inout CityDice) {
        let guide = one.choice.guide
        let (promised, law) = (guide.promisedLimit.value, guide.statutoryLimit.value)
        let isFirst = one.pausedSince == nil
        if isFirst, guide.promisedLimit.startsAt != .receipt || one.clockFrom == nil { one.clockFrom = now }
        let base = isFirst ? one.clockFrom?.day ?? now.day : now.day
        switch one.fate.pace {
        case .kept where promised == 0: one.decidedAt = later(dice.number(3...8), now)
        case .kept:
            let days = Int(Double(max(promised - 1, 0)) * one.fate.share)
            one.decidedAt =
                days == 0
                ? hours.later(dice.number(30...150), after: now, &dice)
                : max(hours.on(days, after: Instant(base, hour: 9), &dice), now)
        case .late: one.decidedAt = hours.on(promised + dice.number(1...2), after: Instant(base, hour: 9), &dice)
        case .statutoryLate:
            one.decidedAt = hours.on(law + dice.number(1...4), after: Instant(base, hour: 9), &dice)
        }
    }

    private func review(_ one: inout CityCase, _ now: Instant, _ dice: inout CityDice) -> Next? {
        guard let at = one.decidedAt else { return nil }
        if one.choice.isImmediate { return (.review, at.day == now.day ? later(dice.number(1...2), now) : at) }
        let between = max(0, (at.milliseconds - now.milliseconds) / 2000)
        let half = hours.open(now.advanced(bySeconds: max(300, between)), &dice)
        return (.review, min(half, max(at, later(5, now))))
    }

    private func result(of one: CityCase, at now: Instant, _ dice: inout CityDice) -> Next? {
        // The result is kept back while something is to follow (容缺受理), and here it never comes.
        if one.fate.isTolerant, one.leftOut != nil, !one.fate.isLaggingSupplied { return nil }
        switch one.choice.delivery.carrier {
        case .none:
            guard one.choice.isCommitted, !one.fate.refuses else { return verdict(on: one, at: now, &dice) }
            return (.announceVisit, hours.on(dice.number(2...6), after: now, &dice))
        case .courier: return (.pickedUp, hours.on(1, after: now, &dice))
        case .hall:
            guard one.fate.isCollected else { return nil }
            if one.choice.isImmediate, one.choice.hall != nil { return (.collect, later(dice.number(8...15), now)) }
            return (.collect, hours.on(dice.number(1...5), after: now, &dice))
        }
    }

    private func later(_ minutes: Int, _ now: Instant) -> Instant { now.advanced(bySeconds: Int64(minutes) * 60) }
}
