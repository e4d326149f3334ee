import Testing
import Vocabulary

@testable import Exchange

@Suite struct OutgoingEventTests {
    @Test func `an event says what happened to which dossier, in one line of sorted JSON`() throws {
        let event = try Told.event(41, of: 7, body: #"{"bySilence":true,"from":1542675600000}"#)
        #expect(event.id == "evt_0000000000000g000000000007_42")
        #expect(
            String(decoding: event.body, as: UTF8.self) == """
                {"at":"2026-09-21T10:00:00+08:00","cursor":"42",\
                "data":{"bySilence":true,"from":"2018-11-20T09:00:00+08:00"},\
                "department":"11350100MADEM002X0","dossier":"0000000000000g000000000007",\
                "id":"evt_0000000000000g000000000007_42","item":"11350100MADEM002X03000114111003",\
                "kind":"dossier.accepted",\
                "number":"11350100MADEM002X03000114111003201811190001","region":"350100","sequence":42,\
                "subject":"0000000000000g000000000007","version":1}
                """)
    }

    @Test func `nobody who applies, holds or acts, no file and no waybill stands in an event`() throws {
        let submitted =
            #"{"agent":"x","applicant":"0000000000000g000000000001","delivery":"counter","mode":"O5","#
            + #""materials":[{"material":"form","source":{"upload":{"digest":"00"}}}],"situation":{"first":"yes"}}"#
        #expect(
            try EventData.open("dossier.submitted", Array(submitted.utf8))
                == .record(["delivery": .text("counter"), "mode": .text("O5")]))
        let booked = #"{"feeCents":1100,"promisedDay":"2026-09-23","waybill":"YZ350100000001"}"#
        #expect(
            try EventData.open("parcel.booked", Array(booked.utf8)) == .record(["promisedDay": .text("2026-09-23")]))
        let reserved = #"{"holder":"0000000000000g000000000001","identifier":"1.2.156","validFrom":"2024-10-04"}"#
        #expect(
            try EventData.open("certificate.reserved", Array(reserved.utf8))
                == .record(["validFrom": .text("2024-10-04")]))
        #expect(try EventData.open("dossier.assigned", Array(#"{"staff":"00"}"#.utf8)) == .record([:]))
        let secret: Set<String> = [
            "agent", "applicant", "chair", "holder", "identifier", "materials", "situation", "staff", "waybill",
        ]
        for (kind, members) in EventData.members { #expect(secret.isDisjoint(with: members), "\(kind)") }
    }

    @Test func `kinds are whole ones, or all of a sort`() throws {
        let kinds = try EventKinds("dossier.accepted,parcel.*")
        #expect(kinds.contains("dossier.accepted") && kinds.contains("parcel.scanned"))
        #expect(!kinds.contains("dossier.granted") && !kinds.contains("certificate.filed"))
        #expect(EventKinds.all.contains("certificate.filed") && EventKinds.all.description.isEmpty)
        #expect(try EventKinds(["parcel.*", "dossier.accepted", "parcel.*"]) == kinds)
        for text in [
            "dossier", "dossier.", "dossier.*x", "accounts.*", "*", "dossier.Accepted", "dossier.accepted,", ",",
            "dossier." + String(repeating: "a", count: 60),
        ] {
            #expect(throws: ExchangeRefusal.kindsUnfit, "\(text)") { try EventKinds(text) }
        }
        #expect(throws: ExchangeRefusal.kindsUnfit) {
            try EventKinds((0...EventKinds.countMax).map { "dossier.a" + String(repeating: "b", count: $0) })
        }
    }

    @Test func `a cursor is digits, and nothing else`() {
        #expect(EventCursor("0") == .start && EventCursor("42")?.description == "42")
        for text in ["", "-1", "+1", " 1", "1.0", "x", String(repeating: "9", count: 19)] {
            #expect(EventCursor(text) == nil, "\(text)")
        }
    }

    /// The vector of the libraries of Standard Webhooks.
    @Test func `a signature is the one that the libraries of Standard Webhooks make`() {
        let secret: [UInt8] = [
            49, 242, 144, 246, 191, 6, 41, 138, 171, 79, 8, 212, 60, 63, 8, 44, 246, 72, 163, 98, 218, 45, 164, 176,
        ]
        #expect(WebhookSignature.text(of: secret) == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let body = Array(#"{"test": 2432232314}"#.utf8)
        let header = WebhookSignature.header(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: "1614265330", body: body, secrets: [secret])
        #expect(header == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        let both = WebhookSignature.header(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: "1614265330", body: body, secrets: [secret, [1]])
        #expect(both.split(separator: " ").count == 2 && both.hasPrefix(header + " v1,"))
    }

    @Test func `what an answer means is in its status`() {
        #expect(DeliveryAnswer(status: 204, retryAfter: nil) == .accepted(204))
        #expect(DeliveryAnswer(status: 302, retryAfter: nil) == .refused(302))
        #expect(DeliveryAnswer(status: 500, retryAfter: nil) == .refused(500))
        #expect(DeliveryAnswer(status: 410, retryAfter: nil) == .gone)
        #expect(DeliveryAnswer(status: 503, retryAfter: "7") == .overloaded(503, seconds: 7))
        #expect(DeliveryAnswer(status: 429, retryAfter: "99999") == .overloaded(429, seconds: 3600))
        let day = "Fri, 31 Dec 2027 23:59:59 GMT"
        #expect(DeliveryAnswer(status: 429, retryAfter: day) == .overloaded(429, seconds: nil))
        let all: [DeliveryAnswer] = [
            .accepted(200), .gone, .overloaded(503, seconds: nil), .refused(400), .unanswered, .unreachable,
        ]
        #expect(all.map(\.name) == DeliveryAnswer.names)
    }
}
