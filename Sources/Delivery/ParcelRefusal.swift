package import Vocabulary

/// Why a parcel is not ordered, or why a report about one is not taken.
package enum ParcelRefusal: String, Refusal, CaseIterable {
    case notFound = "parcel.not-found"
    /// No carrier is set here.
    case noCourier = "parcel.no-courier"
    /// A part of the address is none.
    case addressUnfit = "parcel.address-unfit"
    /// One of the two places lies outside the area of the service.
    case areaNotServed = "parcel.area-not-served"
    /// The price was not shown first, or was another.
    case priceNotAgreed = "parcel.price-not-agreed"
    /// Too many originals, one of them twice, or some where the direction carries none.
    case contentsUnfit = "parcel.contents-unfit"
    /// No time for the courier to come, or one that is over, too far ahead, too short or too long.
    case pickUpUnfit = "parcel.pick-up-unfit"
    /// The case sends no originals by courier, is not waiting for them, or a courier is on the way already.
    case pickUpNotOpen = "parcel.pick-up-not-open"
    /// The dossier has as many parcels as it may have.
    case tooManyParcels = "parcel.too-many"
    /// The carrier has not answered yet: it reports again later.
    case notBooked = "parcel.not-booked"
    /// The waybill is that of another parcel.
    case otherWaybill = "parcel.other-waybill"
    /// The parcel has another waybill already.
    case bookedOtherwise = "parcel.booked-otherwise"
    /// A report before the ones that go before it: the carrier sends it again later.
    case scanOutOfOrder = "parcel.scan-out-of-order"
    /// Under this number something else was reported before.
    case scanDiffers = "parcel.scan-differs"
    /// What is reported cannot follow from where the parcel stands.
    case scanDoesNotFollow = "parcel.scan-does-not-follow"
    case scanInTheFuture = "parcel.scan-in-the-future"
    case tooManyScans = "parcel.too-many-scans"
    /// It was delivered, came back or was cancelled.
    case closed = "parcel.closed"
    case alreadyPickedUp = "parcel.already-picked-up"
    case notAtWrongAddress = "parcel.not-at-wrong-address"
    case readdressedOnce = "parcel.readdressed-once"
    case reasonMissing = "parcel.reason-missing"
    /// The result is in the courier's hands: it is not handed over at a window as long as it does not come back.
    case underWay = "parcel.under-way"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .addressUnfit, .areaNotServed, .priceNotAgreed, .contentsUnfit, .pickUpUnfit, .scanInTheFuture,
            .tooManyScans, .reasonMissing, .tooManyParcels:
            .invalid
        case .notBooked, .otherWaybill, .bookedOtherwise, .scanOutOfOrder, .scanDiffers, .scanDoesNotFollow, .closed,
            .noCourier, .pickUpNotOpen, .alreadyPickedUp, .notAtWrongAddress, .readdressedOnce, .underWay:
            .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
