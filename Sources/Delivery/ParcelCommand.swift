package import Vocabulary

/// A parcel that is to be ordered.
package struct ParcelDraft: Hashable, Sendable {
    package let direction: ParcelDirection
    package let dossier: DossierID
    package let route: ParcelEvent.Route
    /// Whether the application was filed online.
    package let isFiledOnline: Bool
    /// The originals in it.
    package var contents: [CustodyCode] = []
    package var pickUp: PickUpWindow?
    /// The price that the person saw and agreed to, in cents; nil where none was shown.
    package var agreedCents: Int?
    /// The price for which it was promised when the case was filed, in cents: it holds, whatever the tariff has become.
    package var promisedCents: Int?

    package init(
        _ direction: ParcelDirection, of dossier: DossierID, by route: ParcelEvent.Route, isFiledOnline: Bool
    ) {
        (self.direction, self.dossier, self.route) = (direction, dossier, route)
        self.isFiledOnline = isFiledOnline
    }
}

/// What somebody wants to happen to a parcel that is ordered.
package enum ParcelCommand: Hashable, Sendable {
    /// The carrier has taken the order.
    case book(ParcelBooking)
    /// The carrier reports about the parcel with this waybill.
    case scan(ParcelScan, ParcelScan.Words?, waybill: String)
    /// A wrong address is mended.
    case readdress(PostalAddress)
    case cancel(reason: String)
}
