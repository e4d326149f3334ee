import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

@Suite("What can be booked, and when it counts")
struct AppointmentRulesTests {
    private static let calendar = Result { try WorkCalendar.shipped() }
    private var calendar: WorkCalendar { get throws { try Self.calendar.get() } }

    private static let item = BookableItem("x", isOffered: true, perDay: nil)

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func appointment(
        _ slot: Slot, _ state: Appointment.State = .booked
    ) -> Appointment {
        Appointment(
            AppointmentID(Sample.subject(1)), at: QueueStory.hall, slot, for: PersonID(Sample.subject(2)),
            itemCode: "x", bookedAt: QueueStory.at(9), state: state)
    }

    @Test func `the next five working days can be booked, across weekends and holidays, never today`() throws {
        let ordinary = AppointmentRules.days(after: try day("2018-11-26"), try calendar).map(\.description)
        #expect(ordinary == ["2018-11-27", "2018-11-28", "2018-11-29", "2018-11-30", "2018-12-03"])
        // 2018: 1 to 7 October are days off, 29 and 30 September are worked.
        let autumn = AppointmentRules.days(after: try day("2018-09-28"), try calendar).map(\.description)
        #expect(autumn == ["2018-09-29", "2018-09-30", "2018-10-08", "2018-10-09", "2018-10-10"])
    }

    @Test func `a day has the half hours in which the hall is open`() throws {
        let slots = AppointmentRules.slots(of: try day("2018-11-27"), try calendar).map { OfficeHours.clock($0.minute) }
        #expect(
            slots == [
                "09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "13:00", "13:30", "14:00", "14:30", "15:00",
                "15:30", "16:00", "16:30",
            ])
        #expect(AppointmentRules.slots(of: try day("2018-11-25"), try calendar).isEmpty, "a Sunday")
    }

    @Test func `an item that is not booked ahead is refused before anything else`() throws {
        let item = BookableItem("x", isOffered: false, perDay: 20)
        #expect(throws: AppointmentRefusal.notOffered) {
            try AppointmentRules.check(
                Slot(QueueStory.day, minute: 1), of: item, missed: 9, at: QueueStory.at(10), try calendar)
        }
    }

    @Test func `a half hour that is not given out is refused, and somebody who stayed away three times`() throws {
        let (now, calendar) = (QueueStory.at(10), try calendar)
        let good = Slot(try day("2018-11-27"), minute: 540)
        try AppointmentRules.check(good, of: Self.item, missed: 2, at: now, calendar)
        #expect(throws: AppointmentRefusal.blocked) {
            try AppointmentRules.check(good, of: Self.item, missed: 3, at: now, calendar)
        }
        let wrong = [
            Slot(QueueStory.day, minute: 900), Slot(try day("2018-11-27"), minute: 541),
            Slot(try day("2018-11-27"), minute: 720), Slot(try day("2018-12-01"), minute: 540),
            Slot(try day("2018-12-04"), minute: 540), Slot(try day("2018-11-23"), minute: 540),
        ]
        for slot in wrong {
            #expect(throws: AppointmentRefusal.noSuchSlot, "\(slot)") {
                try AppointmentRules.check(slot, of: Self.item, missed: 0, at: now, calendar)
            }
        }
    }

    @Test func `it is cancelled until two hours before`() throws {
        let booked = appointment(Slot(QueueStory.day, minute: 14 * 60))
        try AppointmentRules.checkCancelling(booked, at: QueueStory.at(12))
        #expect(throws: AppointmentRefusal.tooLateToCancel) {
            try AppointmentRules.checkCancelling(booked, at: QueueStory.at(12, seconds: 1))
        }
        #expect(throws: AppointmentRefusal.over) {
            try AppointmentRules.checkCancelling(
                appointment(booked.slot, .arrived), at: QueueStory.at(9))
        }
    }

    @Test func `it is redeemed from half an hour before until its end`() throws {
        let booked = appointment(Slot(QueueStory.day, minute: 14 * 60))
        for (hour, minute) in [(13, 30), (14, 0), (14, 29)] {
            try AppointmentRules.checkArriving(booked, at: QueueStory.at(hour, minute))
        }
        #expect(throws: AppointmentRefusal.tooEarly) {
            try AppointmentRules.checkArriving(booked, at: QueueStory.at(13, 29))
        }
        #expect(throws: AppointmentRefusal.tooLate) {
            try AppointmentRules.checkArriving(booked, at: QueueStory.at(14, 30))
        }
        for state in [Appointment.State.arrived, .cancelled, .missed] {
            #expect(throws: AppointmentRefusal.over) {
                try AppointmentRules.checkArriving(appointment(booked.slot, state), at: QueueStory.at(14))
            }
        }
    }

    @Test func `a hall's code is a division, and a number for a further hall`() throws {
        for good in ["350100", "350111", "350111001", "350111-02", "350111001-12"] {
            #expect(HallCode(good)?.text == good)
        }
        for bad in ["", "3501", "35010a", "350111-1", "350111-01", "350111-02-03", "350111-", "-02", "３５０１００"] {
            #expect(HallCode(bad) == nil, "\(bad)")
        }
        let town = try #require(HallCode("350111001-02"))
        #expect(town.isOfTown && town.region.code == "350111")
        #expect(!HallCode(.fuzhou).isOfTown)
    }
}
