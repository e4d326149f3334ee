package import Store
package import Vocabulary

/// 证照: what a grant makes. It is the fold of its events: a number reserved with the grant, then, signed, filed; after
/// that what the issuing body does to it, and what the days do.
package struct Certificate: Equatable, Sendable {
    package let id: CertificateID
    package private(set) var sequence: Int
    package let reservation: Reservation
    /// What can be forgotten; nil once it was.
    package let personal: Personal?
    package let reservedAt: Instant
    /// Where it stands by its events; `standing(on:)` says what the day makes of it.
    package private(set) var state = State.draft
    /// Nil until it is signed and filed.
    package private(set) var filing: Filing?
    /// The sealed file that was made later than it was filed; nil while nobody asked for one.
    private var pressed: SealedFile?
    /// The record of elsewhere that it was taken from; nil for one that this house made.
    package let taking: Taking?
    /// How it or the licence behind it ended before its time; nil while it stands.
    package private(set) var ending: Ending?
    /// The certificate that took its place; nil while none did.
    package private(set) var successor: CertificateID?
    /// Why it is restricted or suspended; nil while it is not.
    package private(set) var restriction: CertificateGround?
    /// The annual checks, the oldest first.
    package private(set) var checks: [Check] = []
    /// Whether the holder was told that the last day is near.
    package private(set) var hasToldNearing = false

    /// 撤回, 撤销, 注销 (行政许可法 arts 8, 69, 70), or changed: another took its place (art. 49).
    package enum Ending: String, Sendable, Codable, CaseIterable { case recalled, revoked, cancelled, changed }

    /// As it begins: reserved, and not signed yet.
    package init(_ id: CertificateID, _ reservation: Reservation, _ personal: Personal?, at: Instant) {
        self.id = id
        self.reservation = reservation
        self.personal = personal
        reservedAt = at
        taking = nil
        sequence = 1
    }

    /// As a record of elsewhere begins: issued, or over by the day on which it was taken in.
    package init(_ id: CertificateID, taken taking: Taking, _ personal: Personal?, at: Instant) {
        self.id = id
        reservation = taking.reservation
        self.personal = personal
        reservedAt = at
        self.taking = taking
        sequence = 1
        state = taking.state(on: at.day)
    }

    /// The same after one more event; throws `Fault.corrupt` for a second reservation.
    package func applying(_ event: CertificateEvent) throws -> Certificate {
        var changed = self
        try changed.apply(event)
        return changed
    }

    mutating func apply(_ event: CertificateEvent) throws {
        sequence += 1
        switch event {
        case .reserved, .imported: throw Fault.corrupt("certificate \(id) began twice")
        case .made: state = .made
        case .filed(let filing):
            self.filing = filing
            // One whose licence ended while it waited for its signature stays ended.
            if !state.hasEnded { state = .issued }
        // Of two the first is the file, for good.
        case .pressed(let file): pressed = pressed ?? file
        case .ended(let ending, let successor):
            end(ending)
            self.successor = successor ?? self.successor
        case .terminated(let ending, _, _): end(ending)
        case .restricted(let ground, _): (state, restriction) = (.restricted, ground)
        case .suspended(let ground, _): (state, restriction) = (.suspended, ground)
        case .lifted: (state, restriction) = (.issued, nil)
        case .checked(let check, _): checks.append(check)
        case .nearing: hasToldNearing = true
        case .expired: state = .expired
        case .archived: state = .archived
        }
    }

    /// The sealed file as it was made once and for all; nil before.
    package var file: SealedFile? { filing?.file ?? pressed }

    /// SHA-256 of its canonical data, in hexadecimal: as they were signed, or taken over; nil before.
    package var dataDigest: String? { filing?.digest ?? taking?.digest }

    private mutating func end(_ ending: Ending) {
        (self.ending, restriction) = (ending, nil)
        // What is archived stays so, whatever its case still says.
        guard state != .archived else { return }
        switch ending {
        case .changed: state = .superseded
        case .cancelled: state = .cancelled
        case .revoked: state = .revoked
        case .recalled: state = .recalled
        }
    }

    /// The fold of all entries of one certificate; nil when there are none.
    package static func folded(_ id: CertificateID, _ entries: [JournalEntry]) throws -> Certificate? {
        guard let first = entries.first else { return nil }
        var certificate =
            switch try CertificateEvent(first) {
            case .reserved(let reservation, let personal): Certificate(id, reservation, personal, at: first.at)
            case .imported(let taking, let personal): Certificate(id, taken: taking, personal, at: first.at)
            default: throw Fault.corrupt("certificate \(id) does not begin with a reservation")
            }
        for entry in entries.dropFirst() { try certificate.apply(CertificateEvent(entry)) }
        return certificate
    }

    /// The state with the days of validity.
    package var days: CertificateDays {
        CertificateDays(state, from: reservation.validFrom, until: reservation.validUntil)
    }

    /// Whether it is in force on the day: filed, begun, not over and not restricted.
    package func standing(on day: CivilDate) -> Standing { days.standing(on: day) }

    /// What a sharing service answers for it on the day.
    package func sharing(on day: CivilDate) -> SharingAnswer { days.sharing(on: day) }

    /// When the pulse has something to write down; nil for never.
    package var wake: CivilDate? { days.wake(hasToldNearing: hasToldNearing) }
}
