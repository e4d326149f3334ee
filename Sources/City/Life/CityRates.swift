/// How often something happens in a simulated city. Where the article about Fuzhou of 2018 says a figure, it stands
/// beside; everything else is our judgement, marked so, and one place to change it.
enum CityRates {
    /// Filed online. The article: 443 of 1,297 items need no trip at all (34 %); what people file most often is among
    /// them, so more cases than items come online. Judgement.
    static let online = 0.56
    /// Of those at a window: in a hall of another place than that of the body (全城通办). Judgement.
    static let elsewhere = 0.15
    /// Filed by or for a firm where both people and firms may. Judgement.
    static let firms = 0.4

    /// One notice for everything (行政许可法 art. 32(4)). Judgement.
    static let correction = 0.06
    /// Of those: what was asked for comes in time; the others lapse. Judgement.
    static let correctionSupplied = 0.88
    /// Sent back before receipt, once. Judgement.
    static let preReviewReturned = 0.08
    /// Not accepted. Judgement.
    static let declined = 0.008
    /// Withdrawn before the acceptance, and between acceptance and decision. Judgement.
    static let withdrawnEarly = 0.006
    static let withdrawnLate = 0.006
    /// Refused with reasons. Judgement.
    static let refused = 0.018
    /// Sent back by the decider to whoever examined. Judgement.
    static let sentBack = 0.01

    /// Accepted while something may follow, where the item allows it (容缺受理). Judgement.
    static let tolerant = 0.08
    /// Of those: what was to follow comes. Judgement.
    static let laggingSupplied = 0.96
    /// Signed where a commitment is offered (告知承诺). Judgement.
    static let committed = 0.35
    /// Of those: what was promised was kept. Judgement.
    static let commitmentKept = 0.985
    /// A special procedure where the item has one, and a hearing among them. Judgement.
    static let special = 0.12
    static let hearing = 0.01

    /// Decided after the promise, and after the limit of the law. The article says that limits were cut by more than
    /// half and says nothing of what is late: judgement, few and very few.
    static let late = 0.007
    static let statutoryLate = 0.0006
    /// Which part of a promise is used where it is kept: from, and up to how much more. The article has a case that was
    /// decided three hours after it was filed; limits were cut by half again. Judgement.
    static let paceLeast = 0.05
    static let paceMore = 0.55

    /// Minutes of a working day in which a window serves people, and how long it takes to take something in there and
    /// to hand something out. Judgement.
    static let windowMinutes = 400.0
    /// How many windows there are for each that would be at work all the time. Judgement.
    static let windowsBeyond = 1.25
    static let intakeMinutes = 8.0
    static let handOverMinutes = 5.0
    /// Visits for each case: to file at a window or to bring originals, and to fetch the result. Judgement.
    static let intakeVisits = 0.55
    static let handOverVisits = 0.35
    /// Does not hear her number and joins the queue again. Judgement.
    static let absent = 0.02

    /// Fetched at an issuing window within the first days; the others lie until they are reminded. Judgement.
    static let collected = 0.95

    /// Judged by whoever was served (好差评, never forced). The article is of before it began: judgement.
    static let judged = 0.42
    /// One or two stars: as a rule, after a notice for more papers, and after a refusal or a promise that was not kept.
    /// Judgement.
    static let bad = 0.002
    static let badAfterCorrection = 0.03
    static let badAfterTrouble = 0.2
    /// Of the others: five, four and three stars. Judgement.
    static let contentGrades: [Double] = [88, 10.5, 1.5]
    /// At a window by its tablet, else by the code on the slip; online by telephone, else by computer. Judgement.
    static let onTablet = 0.7
    static let onTelephone = 0.6
    /// Without name and number. Judgement.
    static let anonymous = 0.3
    /// Of the bad ones: called and mended after the day, appealed against and upheld, enough at once, content when
    /// asked again. Judgement.
    static let calledLate = 0.04
    static let mendedLate = 0.02
    static let appealed = 0.06
    static let upheld = 0.4
    static let mendedEnough = 0.92
    static let contentAfter = 0.85

    /// Of what the item is, by how often people want it: Zipf-like. Judgement.
    static let items: [(slug: String, weight: Double)] = [
        ("flexible-employment-insurance", 22), ("individual-business-registration", 19), ("company-registration", 12),
        ("flexible-employment-subsidy", 9), ("food-business-licence", 8), ("second-class-constructor", 7),
        ("teacher-qualification", 5), ("road-freight", 4.5), ("public-place-hygiene", 4), ("special-working-hours", 3),
        ("construction-permit", 2), ("outdoor-advertising", 1.5), ("temporary-road-occupation", 1.5),
        ("labour-dispatch", 1.5),
    ]

    /// Of what the place is, about as its people are many. Judgement.
    static let regions: [(code: String, weight: Double)] = [
        ("350100", 9), ("350102", 12), ("350103", 8), ("350104", 12), ("350105", 4), ("350111", 11), ("350112", 7),
        ("350121", 8), ("350122", 6), ("350123", 3), ("350124", 3), ("350125", 3), ("350128", 4), ("350181", 11),
        ("350000", 6),
    ]

    /// Ways of filing online, by mode. Judgement.
    static let onlineModes: [(id: String, weight: Double)] = [
        ("O1", 70), ("O2", 22), ("O3", 40), ("O4", 60), ("O5", 60),
    ]
    /// Ways in which a result travels where the mode leaves a choice. Judgement.
    static let deliveries: [(id: String, weight: Double)] = [("eCertificate", 45), ("counter", 35), ("courier", 20)]

    /// How busy months are, January first: February has the Spring Festival. Judgement.
    static let months: [Double] = [0.95, 0.72, 1.12, 1.02, 1.06, 1.04, 1.08, 1.05, 1.04, 0.98, 1.02, 0.96]
    /// How busy weekdays are, Monday first; a make-up day counts as the weekday that it is. Judgement.
    static let weekdays: [Double] = [1.24, 1.06, 1, 0.97, 0.92, 0.7, 0.6]
    /// The first working day after so many days off is busier. Judgement.
    static let afterHolidayDays = 3
    static let afterHoliday = 1.3
    /// Online on days off. Judgement.
    static let onlineDayOff = 0.35
    /// How busy the hours of a hall are, from nine to five; between twelve and one few windows are open. Judgement.
    static let counterHours: [Int: Double] = [9: 1, 10: 1.3, 11: 0.9, 12: 0.12, 13: 0.7, 14: 1.05, 15: 1.2, 16: 0.4]
    /// Numbers are handed out until half an hour before the end.
    static let lastCounterMinute = 16 * 60 + 30
    /// How busy the hours are online, from midnight. Judgement.
    static let onlineHours: [Double] = [
        0.1, 0.05, 0.03, 0.02, 0.03, 0.06, 0.15, 0.3, 0.7, 1.1, 1.3, 1.1, 0.7, 0.75, 1.1, 1.2, 1.1, 0.8, 0.5, 0.55,
        0.6, 0.55, 0.4, 0.2,
    ]

    /// People and firms for each case. Judgement.
    static let peoplePerCase = 0.5
    static let firmsPerCase = 0.12
}
