import Delivery
import Dossiers
import Exchange
import Vocabulary

@testable import Web

/// What a courier carries: its address, what the applicant does with a parcel, and what is in trouble.
extension RouteRow {
    private static let nobody = "00000000000000000000000001"
    private static let address = [
        ("recipient", "林晓榕"), ("mobile", "13800000001"), ("division", "350102"), ("street", "古田路1号101室"),
    ]

    static let parcels: [RouteRow] = [
        draft("GET /drafts/{draft}/address", "/drafts/DRAFT/address", .answers(200)),
        draft("POST /drafts/{draft}/address", "/drafts/DRAFT/address", .done, address),
        draft("POST /drafts/{draft}/address", "/drafts/DRAFT/address", .answers(422), [("recipient", "")]),
        draft(
            "POST /drafts/{draft}/address/{address}/removal", "/drafts/DRAFT/address/\(nobody)/removal", .answers(303)),
        // This house has no carrier.
        dossier(
            "POST /dossiers/{dossier}/parcels/{parcel}/address", "/dossiers/DOSSIER/parcels/\(nobody)/address",
            .refused(ParcelRefusal.noCourier), address),
        dossier(
            "POST /dossiers/{dossier}/parcels/{parcel}/cancellation",
            "/dossiers/DOSSIER/parcels/\(nobody)/cancellation", .refused(ParcelRefusal.noCourier)),
        dossier(
            "GET /dossiers/{dossier}/parcels/{parcel}/labels", "/dossiers/DOSSIER/parcels/\(nobody)/labels",
            .refused(ParcelRefusal.notFound)),
        dossier("GET /dossiers/{dossier}/pick-up", "/dossiers/DOSSIER/pick-up", .refused(ParcelRefusal.noCourier)),
        dossier(
            "POST /dossiers/{dossier}/pick-up", "/dossiers/DOSSIER/pick-up", .refused(ParcelRefusal.noCourier),
            address + [("materials", "restPlan")]),
        RouteRow(
            route: "POST /window/dossiers/{dossier}/originals-return", door: .window,
            path: "/window/dossiers/DOSSIER/originals-return",
            answers: [.clerk: .refused(ParcelRefusal.noCourier), .farClerk: .refused(ParcelRefusal.noCourier)]),
        dossier(
            "POST /dossiers/{dossier}/parcels", "/dossiers/DOSSIER/parcels", .refused(ParcelRefusal.noCourier),
            address + [("agreed", "0")]),
        RouteRow(
            route: "GET /office/uncollected", door: .office, path: "/office/uncollected",
            answers: [.supervisor: .answers(200), .administrator: .answers(200)]),
        RouteRow(
            route: "GET /office/exchange", door: .office, path: "/office/exchange?subscription=\(nobody)&after=x",
            answers: [.supervisor: .answers(200), .administrator: .answers(200)]),
        RouteRow(
            route: "POST /office/exchange/{subscription}/waking", door: .office,
            path: "/office/exchange/\(nobody)/waking",
            answers: [
                .supervisor: .refused(ExchangeRefusal.notFound), .administrator: .refused(ExchangeRefusal.notFound),
            ]),
        RouteRow(
            route: "POST /office/exchange/{subscription}/events/{position}/redelivery", door: .office,
            path: "/office/exchange/\(nobody)/events/1/redelivery",
            answers: [
                .supervisor: .refused(ExchangeRefusal.eventNotHeld),
                .administrator: .refused(ExchangeRefusal.eventNotHeld),
            ]),
        RouteRow(
            route: "GET /office/parcels", door: .office, path: "/office/parcels",
            answers: [.supervisor: .answers(200), .administrator: .answers(200)]),
    ]
}
