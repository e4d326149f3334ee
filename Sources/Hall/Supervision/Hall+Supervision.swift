import Accounts
package import Dossiers
import Store
package import Supervision
package import Vocabulary

/// What supervisors see, and the heads of what concerns their own.
extension Hall {
    /// What one of them sees at a glance. Nothing of it is personal.
    package struct SupervisionBoard: Sendable {
        /// Lights by place and body.
        package let cells: [LightCell]
        /// Findings that nobody has looked at, the latest first, and how many there are.
        package let findings: [Finding]
        package let findingCount: Int
        /// Orders that are not closed, what has gone up first.
        package let orders: [OrderLine]
        package let orderCounts: [SupervisionOrder.Stage.Name: Int]
        /// Orders that were not answered in time.
        package let red: Int
    }

    /// LIMIT: findings and orders at a glance.
    package static let glanceMax = 20

    /// How the city stands as a whole: for watches and for those who run the house.
    package func cityLights() async throws -> CityLights {
        try await store.read { tx in
            let cells = try LightTable.counts(in: tx)
            var orders: [String: Int] = [:]
            for stage in SupervisionOrder.Stage.Name.allCases where stage != .closed {
                orders[stage.rawValue] = try OrderTable.counts(stage, in: .everywhere, tx: tx).all
            }
            return CityLights(
                cells: cells, findings: try FindingTable.count(.open, in: .everywhere, tx: tx), orders: orders,
                red: try OrderTable.counts(.open, in: .everywhere, tx: tx).red)
        }
    }

    /// A stream that says when the city stands otherwise. It ends when the house closes. Throws `Fault.busy` above
    /// `LightsWatch.pagesMax`.
    package func followLights() async throws -> AsyncStream<LightsWatch.News> {
        let hall = self
        return try await lightsWatch.follow { try await hall.cityLights() }
    }

    /// What somebody sees: what she supervises; else what she governs; else what her own body decides.
    package func supervisionBoard(for guest: Guest) async throws -> SupervisionBoard {
        let parts = supervised(by: guest)
        // Whoever looks at the same time shares one count of what is open.
        let lights = try await lightCounts.answer(())
        return try await store.read { tx in
            let cells = lights.filter { cell in
                parts.contains { $0.bodies.contains(cell.body.code) && $0.regions.contains(cell.region.code) }
            }
            var counts: [SupervisionOrder.Stage.Name: Int] = [:]
            var red = 0
            for part in parts {
                for stage in SupervisionOrder.Stage.Name.allCases where stage != .closed {
                    let count = try OrderTable.counts(stage, in: part, tx: tx)
                    counts[stage, default: 0] += count.all
                    if stage == .open { red += count.red }
                }
            }
            let findings = try parts.flatMap {
                try FindingTable.lines(.open, in: $0, limit: Self.glanceMax, tx: tx)
            }.sorted { ($0.lastAt, $0.id) > ($1.lastAt, $1.id) }
            let orders = try openOrders(in: parts, limit: Self.glanceMax, tx)
            return SupervisionBoard(
                cells: cells, findings: Array(findings.prefix(Self.glanceMax)),
                findingCount: try parts.reduce(0) { try $0 + FindingTable.count(.open, in: $1, tx: tx) },
                orders: orders, orderCounts: counts, red: red)
        }
    }

    private func openOrders(in parts: [SupervisedPart], limit: Int, _ tx: Transaction) throws -> [OrderLine] {
        let stages: [SupervisionOrder.Stage.Name] = [.open, .answered, .appealed]
        let lines = try parts.flatMap { part in
            try stages.flatMap { try OrderTable.lines($0, in: part, limit: limit, tx: tx) }
        }
        return Array(
            lines.sorted { ($0.isRed ? 0 : 1, $0.due, $0.id) < ($1.isRed ? 0 : 1, $1.due, $1.id) }.prefix(limit))
    }

    /// One page of findings in a state, the latest first, and one of orders at a stage, the longest due first.
    package func findings(
        _ state: Finding.State, for guest: Guest, after cursor: FindingTable.Cursor? = nil
    ) async throws -> [Finding] {
        let parts = supervised(by: guest)
        return try await store.read { tx in
            let lines = try parts.flatMap { try FindingTable.lines(state, in: $0, after: cursor, tx: tx) }
            return Array(
                lines.sorted {
                    ($0.lastAt, $0.matter.dossier, $0.rule.rawValue) > ($1.lastAt, $1.matter.dossier, $1.rule.rawValue)
                }
                .prefix(Limits.pageRowsMax))
        }
    }

    /// The orders to bodies of which somebody is staff, or that she supervises, at a stage.
    package func orders(
        at stage: SupervisionOrder.Stage.Name, for guest: Guest, after cursor: OrderTable.Cursor? = nil
    ) async throws -> [OrderLine] {
        let parts = ordered(to: guest)
        return try await store.read { tx in
            let lines = try parts.flatMap { try OrderTable.lines(stage, in: $0, after: cursor, tx: tx) }
            return Array(lines.sorted { $0.cursor < $1.cursor }.prefix(Limits.pageRowsMax))
        }
    }

    /// The orders about a case of which somebody may know, the oldest first.
    package func orders(about dossier: DossierID, for guest: Guest) async throws -> [SupervisionOrder] {
        let today = time.now().day
        return try await store.read { tx in
            try OrderTable.of(dossier, in: tx).filter { guest.knows($0.issued.matter, today: today) }
        }
    }

    /// An order with its history. Refuses whoever has nothing to do with its case.
    package struct OpenedOrder: Sendable {
        package let order: SupervisionOrder
        package let history: [OrderTable.Step]
        /// Whether the ruling on an appeal is left to somebody else: the reader issued the order, or stands in for
        /// whoever did, and another can rule.
        package let isRulingOfOthers: Bool
    }

    package func order(_ id: OrderID, for guest: Guest) async throws -> OpenedOrder {
        let today = time.now().day
        return try await store.read { tx in
            let order = try OrderTable.load(id, in: tx)
            let matter = order.issued.matter
            guard guest.knows(matter, today: today) else { throw PerformerRefusal.notAllowed }
            let hand = guest.hand(apartFrom: [order.issuer]) { $0.reaches(.supervise, matter.scope, today: today) }
            let others = try staff(with: .supervise, for: matter, today: today, in: tx).filter { .staff($0) != hand }
            return OpenedOrder(
                order: order, history: try OrderTable.history(of: id, in: tx),
                isRulingOfOthers: hand == order.issuer && !others.isEmpty)
        }
    }

    /// A case as supervision sees it: the dossier for its clock, what was found in it, and the orders about it. That it
    /// was looked at is written down.
    package struct SupervisedDossier: Sendable {
        package let opened: Opened
        package let findings: [Finding]
        /// Who tried what when, by the finding.
        package let attempts: [FindingID: [FindingTable.Attempt]]
        package let orders: [SupervisionOrder]
    }

    package func superviseCase(_ id: DossierID, by guest: Guest) async throws -> SupervisedDossier {
        let opened = try await open(id, by: guest, with: [.supervise, .lead, .govern], purpose: .supervision)
        return try await store.read { tx in
            let findings = try FindingTable.of(id, in: tx)
            var attempts: [FindingID: [FindingTable.Attempt]] = [:]
            for finding in findings where finding.rule.isTried {
                attempts[finding.id] = try FindingTable.attempts(of: finding, in: tx)
            }
            return SupervisedDossier(
                opened: opened, findings: findings, attempts: attempts, orders: try OrderTable.of(id, in: tx))
        }
    }

    /// Where somebody supervises; else where she governs; else where she leads.
    private func supervised(by guest: Guest) -> [SupervisedPart] {
        for power in [Power.supervise, .govern, .lead] {
            let parts = parts(power, guest)
            if !parts.isEmpty { return parts }
        }
        return []
    }

    /// The parts whose orders somebody reads: those of the widest of her powers.
    private func ordered(to guest: Guest) -> [SupervisedPart] {
        for power in [Power.supervise, .govern, .lead, .decide, .review] {
            let parts = parts(power, guest)
            if !parts.isEmpty { return parts }
        }
        return []
    }

    /// Where a power reaches that she has today, herself or in a colleague's place.
    func parts(_ power: Power, _ guest: Guest) -> [SupervisedPart] {
        let grants = guest.places.flatMap(\.grants)
        return Permits.reach(power, grants: grants, today: time.now().day).map {
            SupervisedPart(bodies: $0.departmentRange, items: $0.itemRange, regions: $0.regionRange)
        }
    }
}

extension Hall.Guest {
    /// Whether a case is hers to know of: she supervises or governs it, or is of its body's staff.
    fileprivate func knows(_ matter: SupervisedCase, today: CivilDate) -> Bool {
        let own: [Power] = [.supervise, .lead, .decide, .review]
        if own.contains(where: { reaches($0, matter.scope, today: today) }) { return true }
        // An order goes up to the city: whoever governs it knows of those of its counties.
        return [matter.region, matter.region.city].contains { region in
            let scope = Scope(department: matter.body, itemCode: matter.catalogCode, region: region)
            return reaches(.govern, scope, today: today)
        }
    }
}
