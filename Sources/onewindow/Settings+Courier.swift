import Delivery
import Foundation
import Vocabulary

/// Who carries parcels. Without one, no result can be had by courier.
extension Settings {
    /// `ONEWINDOW_COURIER_URL`: the carrier, `https://…`; without it there is none.
    static var courierURL: String? { value("ONEWINDOW_COURIER_URL") }
    /// `ONEWINDOW_COURIER_KEY`: the secret under which both sides sign, 16 characters or more.
    static var courierKey: String? { value("ONEWINDOW_COURIER_KEY") }
    /// `ONEWINDOW_COURIER_SENDER`: the address of the house, `NAME;MOBILE;DIVISION;STREET`.
    static var courierSender: String? { value("ONEWINDOW_COURIER_SENDER") }

    /// The carrier as it is set. Refuses what cannot work, as `Fault.misconfigured`, without repeating a value.
    static func courier(time: TimeSource) throws -> CourierAccount? {
        guard let courierURL else { return nil }
        let workers = Workers(name: "courier", threads: exchangesMax, queueMax: 64)
        guard let key = courierKey,
            let courier = HTTPCourier(url: courierURL, key: key, time: time, workers: workers)
        else {
            throw Fault.misconfigured(
                "ONEWINDOW_COURIER_URL is https://…, http:// on this machine only, and goes with an "
                    + "ONEWINDOW_COURIER_KEY of 16 characters or more")
        }
        let parts = (courierSender ?? "").split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        do {
            guard parts.count == 4 else { throw PostalAddress.Unfit(parts: PostalAddress.Part.allCases) }
            let house = try PostalAddress(
                recipient: parts[0], mobile: parts[1], division: parts[2], street: parts[3])
            return CourierAccount(courier, key: key, house: house)
        } catch let unfit as PostalAddress.Unfit {
            let names = unfit.parts.map(\.rawValue).joined(separator: ", ")
            throw Fault.misconfigured(
                "ONEWINDOW_COURIER_SENDER is NAME;MOBILE;DIVISION;STREET, where a courier picks up; wrong: \(names)")
        }
    }

    /// The carrier for those who look: no secret.
    static func courierLine() -> String {
        "courier: " + (courierURL.map { "\($0), signed (***)" } ?? "none, no result by courier")
    }
}
