import Delivery
import Store
import Vocabulary

/// Tells the carrier what was ordered.
extension Hall {
    /// One try of an errand. After a try whose end nobody knows the carrier is asked first whether it has the order
    /// already.
    func run(_ errand: ParcelErrand, _ lease: Lease) async throws {
        let id = ParcelID(lease.id.subject)
        let parcel = try await store.read { tx in try ParcelTable.load(id, in: tx) }
        guard let account = courier else { return try await give(.noCarrier, lease) }
        do {
            switch errand {
            case .book: try await book(parcel, account, lease)
            case .cancel:
                if let waybill = parcel.booking?.waybill {
                    try await account.courier.cancel(waybill, key: "\(lease.id)")
                }
                try await finish(lease)
            case .readdress:
                guard let address = parcel.recipient else { throw CourierFailure.forgotten }
                if let waybill = parcel.booking?.waybill {
                    try await account.courier.readdress(waybill, to: address, key: "\(lease.id)")
                }
                try await finish(lease)
            }
        } catch let failure as CourierFailure {
            try await give(failure, lease)
        }
    }

    private func book(_ parcel: Parcel, _ account: CourierAccount, _ lease: Lease) async throws {
        guard parcel.booking == nil else { return try await finish(lease) }
        let isCancelled = parcel.stage == .cancelled
        let known = lease.attempt > 1 || isCancelled ? try await account.courier.find("\(lease.id)") : nil
        // Nobody took what was taken back before it was said.
        if isCancelled, known == nil { return try await finish(lease) }
        let booking: ParcelBooking
        if let known {
            booking = known
        } else {
            guard let order = CourierOrder(parcel) else { throw CourierFailure.forgotten }
            booking = try await account.courier.book(order, key: "\(lease.id)")
        }
        let stamp = stamp(of: .platform)
        try await store.write { tx in
            guard try Outbox.complete(lease, in: tx) else { throw LeaseLost() }
            let parcel = try ParcelTable.load(parcel.id, in: tx)
            _ = try apply(.book(booking), to: parcel, account, stamp: stamp, in: tx)
        }
    }

    private func finish(_ lease: Lease) async throws {
        try await store.write { tx in
            guard try Outbox.complete(lease, in: tx) else { throw LeaseLost() }
        }
    }

    /// Puts the errand back for a later try, or makes it a task for a person.
    private func give(_ failure: CourierFailure, _ lease: Lease) async throws {
        let now = time.now()
        try await store.write { tx in
            if failure.isFinal {
                guard try Outbox.setAside(lease, failure: failure.rawValue, now: now, in: tx) else { throw LeaseLost() }
            } else {
                _ = try Outbox.fail(lease, failure: failure.rawValue, now: now, in: tx)
            }
        }
    }
}
