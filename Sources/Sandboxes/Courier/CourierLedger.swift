import Foundation
import Vocabulary

/// An order as the house sends it.
struct SandboxOrder: Codable, Sendable {
    struct Address: Codable, Sendable {
        let recipient: String
        let mobile: String
        let division: String
        let street: String
    }

    let parcel: String
    let direction: String
    let from: Address
    let to: Address
    let collectCents: Int
}

/// A parcel in the sandbox's hands.
package struct SandboxParcel: Codable, Sendable {
    /// One report that is to be sent, or was.
    package struct Report: Codable, Sendable {
        package let number: Int
        package let kind: String
        /// Milliseconds; nil until it was sent.
        package var at: Int64?
        package var sent = 0
        package var isTaken = false
        /// The code with which the house will never take it.
        package var refusedAs: String?
        var wasEarly = false
    }

    package let waybill: String
    package let key: String
    package let parcel: String
    package let direction: String
    package let recipient: String
    package let promisedDay: String
    package let feeCents: Int
    /// How often the order came.
    package var asked = 1
    package var isCancelled = false
    package var reports: [Report] = []
    /// Milliseconds before which nothing is sent.
    var nextAt: Int64 = 0

    mutating func plan(_ kinds: [String]) {
        for kind in kinds { reports.append(Report(number: reports.count + 1, kind: kind)) }
    }
}

/// What the sandbox was asked to carry. It is forgotten when the sandbox ends.
package actor CourierLedger {
    /// LIMIT: parcels that are kept; the sandbox takes no more after that.
    package static let parcelsMax = 100_000
    /// What a parcel costs the centre, in cents.
    private static let feeCents = 1100
    /// Milliseconds between two reports about one parcel.
    private static let pace: Int64 = 100

    private var parcels: [SandboxParcel] = []
    private var byKey: [String: Int] = [:]
    private var byWaybill: [String: Int] = [:]

    package init() {}

    /// Takes an order, or recognises it by its key. Streets can ask for trouble: one with 拒收 refuses, one with
    /// 查无此址 is not found until its address is mended.
    func book(
        _ order: SandboxOrder, key: String, faults: CourierFaults, now: Instant
    ) throws -> (parcel: SandboxParcel, isKnown: Bool) {
        if let place = byKey[key] {
            parcels[place].asked += 1
            return (parcels[place], true)
        }
        guard parcels.count < Self.parcelsMax else { throw SandboxFull() }
        let serial = "\(parcels.count + 1)"
        let waybill = "YZ3501" + String(repeating: "0", count: max(0, 7 - serial.count)) + serial
        var parcel = SandboxParcel(
            waybill: waybill, key: key, parcel: order.parcel, direction: order.direction,
            recipient: order.to.recipient, promisedDay: "\(now.day.advanced(byDays: 2))", feeCents: Self.feeCents)
        let isLost = faults.loseEvery > 0 && (parcels.count + 1).isMultiple(of: faults.loseEvery)
        parcel.plan(
            isLost
                ? ["pickedUp", "inTransit", "lost"]
                : order.to.street.contains("拒收")
                    ? ["pickedUp", "inTransit", "refused", "returned"]
                    : order.to.street.contains("查无此址")
                        ? ["pickedUp", "wrongAddress"] : ["pickedUp", "inTransit", "delivered"])
        byKey[key] = parcels.count
        byWaybill[waybill] = parcels.count
        parcels.append(parcel)
        return (parcel, false)
    }

    func parcel(key: String) -> SandboxParcel? { byKey[key].map { parcels[$0] } }

    /// Takes an order back; false when somebody fetched the parcel already, nil for no such waybill.
    func cancel(_ waybill: String) -> Bool? {
        guard let place = byWaybill[waybill] else { return nil }
        guard !parcels[place].reports.contains(where: { $0.sent > 0 }) else { return parcels[place].isCancelled }
        parcels[place].isCancelled = true
        return true
    }

    /// Takes a better address; false for no such waybill.
    func readdress(_ waybill: String) -> Bool {
        guard let place = byWaybill[waybill] else { return false }
        if parcels[place].reports.last?.kind == "wrongAddress" { parcels[place].plan(["inTransit", "delivered"]) }
        return true
    }

    /// Everything, in the order in which it came.
    package var all: [SandboxParcel] { parcels }

    /// The reports that are to be sent now, one a parcel.
    func due(_ faults: CourierFaults, now: Instant) -> [(parcel: SandboxParcel, report: SandboxParcel.Report)] {
        guard !faults.isSilent else { return [] }
        return parcels.indices.compactMap { place in
            guard !parcels[place].isCancelled, parcels[place].nextAt <= now.milliseconds else { return nil }
            if faults.findsLost, let last = parcels[place].reports.last, last.kind == "lost", last.isTaken {
                parcels[place].plan(["inTransit", "delivered"])
            }
            let open = parcels[place].reports.indices.filter {
                !parcels[place].reports[$0].isTaken && parcels[place].reports[$0].refusedAs == nil
            }
            guard var next = open.first else { return nil }
            if faults.reorders, open.count > 1, !parcels[place].reports[open[1]].wasEarly {
                next = open[1]
                parcels[place].reports[next].wasEarly = true
            }
            parcels[place].nextAt = now.milliseconds + max(Self.pace, Int64(faults.slowSeconds) * 1000)
            if parcels[place].reports[next].at == nil { parcels[place].reports[next].at = now.milliseconds }
            parcels[place].reports[next].sent += 1
            return (parcels[place], parcels[place].reports[next])
        }
    }

    /// Notes what the house answered: taken, refused for good, or nothing that counts.
    func note(_ waybill: String, _ number: Int, isTaken: Bool, refusedAs code: String?) {
        guard let place = byWaybill[waybill] else { return }
        if isTaken { parcels[place].reports[number - 1].isTaken = true }
        if let code { parcels[place].reports[number - 1].refusedAs = code }
    }
}
