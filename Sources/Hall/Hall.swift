package import Accounts
import Catalogue
package import Certificates
package import Delivery
import Dossiers
package import Exchange
package import Notices
import Papers
package import Signing
package import Store
package import Supervision
package import Vocabulary
import Windows

/// The whole service as one value, and the place where rooms meet. It holds no rules: a method loads, permits, decides,
/// applies, appends, reacts.
package struct Hall: Sendable {
    package let store: any Store
    /// New ids, rising.
    package private(set) var ids: SubjectSource
    package private(set) var time: TimeSource
    package private(set) var dice: Dice
    /// The keys with which bodies sign.
    package let signers: any SignerSource
    /// How notices leave the house; they stand in the portal whatever it says.
    package var post = Post.portalOnly
    /// Who carries parcels; nil where nobody does, and then no result can be had by courier.
    package var courier: CourierAccount?
    /// After how many days somebody is reminded of a result that lies ready, and when it goes to the archive.
    package var shelfTerms = ShelfTerms.usual
    /// How surely it must be known who files online.
    package var demands = LevelDemands.usual
    /// The keys and the face with which seals are made and used; nil where nothing is sealed.
    package var sealWorkshop: SealWorkshop?
    /// Makes the files of certificates; nil where certificates are signed data only, as in simulations.
    package var press: CertificatePress?
    let sealKeeper = SealKeeper()
    /// Where large files lie; nil where none are taken in.
    let files: BlobFiles?
    let disk = Workers(name: "disk", threads: 2, queueMax: 256)
    let serials: SerialBlocks
    let signing: Workers
    private(set) var dossiers = FoldCache<Dossier>(limit: Self.cachedDossiersMax)
    let judged: FoldCache<JudgedCertificate>
    let register: SharedReading<CertificateIdentifier, JudgedCertificate?>
    let catalogue = ItemIndexKeeper()
    /// The number of the catalogue's last change, read once for all who ask at a time.
    let generations: SharedReading<Void, Int>
    /// LIMIT: guides that were read lately and are kept in memory, by their digests.
    static let keptGuidesMax = 500
    /// A list of work names the step of each of its lines out of its guide; reading one costs milliseconds.
    let guides = Remembered<String, Guide>(limit: keptGuidesMax)
    let figures = FigureKeeper()
    /// The tables of figures that were asked for lately.
    let figureTables = FigureShelf()
    let trips = TripKeeper()
    let calendars: CalendarKeeper
    let lights = LightKeeper()
    /// How many open cases of whom have which light, counted once for all who ask at a time.
    let lightCounts: SharedReading<Void, [LightCell]>
    let papers: PaperStock
    /// The journal as partners see it.
    package let events: EventPages
    /// Who carries events to partners; nil where nobody does.
    package var postman: Postman?
    /// The key under which names of relatives are compared; nil where nobody declares any.
    package var nameKey: AccountKey?
    /// Whether events may be sent to programs on this machine, and then without TLS: in demonstrations and tests.
    package var deliversHere = false
    /// The record families of the exchange.
    package let families: RecordFamilies
    let linkCarriers = LinkCarriers()
    /// Files an application that came over a link, and answers its dossier's number; nil where nobody reads forms, and
    /// then none is taken.
    package var applications: (@Sendable (IncomingApplication) async throws -> String)?
    /// Who may judge what, and until when.
    package let judging: EvaluationRules
    /// By which closed files are reviewed.
    package let checklist: ReviewChecklist
    /// Tells screens what changes in the queues.
    package let watch = QueueWatch()
    /// Tells the pages of supervisors when the city stands otherwise.
    package let lightsWatch = LightsWatch()

    /// LIMIT: folded dossiers that are kept in memory.
    package static let cachedDossiersMax = 4096
    /// LIMIT: certificates with the verdict on their signature that are kept in memory, some three kilobytes each.
    package static let cachedCertificatesMax = 16_384
    /// LIMIT: signatures that may wait for a thread.
    package static let signingQueueMax = 512

    /// A hall on this store. `calendar` is what ships; `refreshCalendar` adds what the store knows. `threads` sign
    /// certificates. Throws `Fault.misconfigured` when the papers' templates that ship are not whole.
    package init(
        store: any Store, calendar: WorkCalendar, world: World, signers: any SignerSource, files: BlobFiles? = nil,
        threads: Int = 1
    ) throws {
        papers = try PaperStock()
        families = try .shipped()
        judging = EvaluationRules(try .shipped())
        checklist = try .shipped()
        self.files = files
        self.store = store
        calendars = CalendarKeeper(ground: calendar)
        time = world.time
        dice = world.dice
        ids = SubjectSource(time: world.time, dice: world.dice)
        serials = SerialBlocks(store: store)
        judged = FoldCache(limit: Self.cachedCertificatesMax)
        events = Self.eventPages(store)
        register = JudgedCertificate.reading(store, judged, world.time)
        generations = SharedReading(ofOne: "catalogue-generation") {
            try await store.read { tx in try ItemChangeTable.generation(in: tx) }
        }
        lightCounts = SharedReading(ofOne: "light-counts") {
            try await store.read { tx in try LightTable.counts(in: tx) }
        }
        signing = Workers(name: "signing", threads: threads, queueMax: Self.signingQueueMax)
        self.signers = signers
    }

    /// The same house where another clock goes and other dice are rolled: what is done there depends neither on what is
    /// done beside it nor on when.
    package func standing(in world: World) -> Hall {
        var hall = self
        (hall.time, hall.dice) = (world.time, world.dice)
        hall.ids = SubjectSource(time: world.time, dice: world.dice)
        return hall
    }

    /// Keeps so many folded dossiers in memory from now on, instead of `cachedDossiersMax`.
    package mutating func keepDossiers(_ count: Int) { dossiers = FoldCache(limit: count) }

    /// The stamp of what an actor does now.
    package func stamp(of actor: Actor) -> Stamp {
        Stamp(now: time.now(), actor: actor, entropy: Entropy(dice))
    }

    /// Where time and chance come from.
    package struct World: Sendable {
        let time: TimeSource
        let dice: Dice

        package init(time: TimeSource, dice: Dice) {
            self.time = time
            self.dice = dice
        }
    }

    /// The migrations of the store and of every room, in order.
    package static let migrations =
        Shape.migrations + ItemTable.migrations + AccountShape.migrations + DossierTable.migrations
        + CalendarTable.migrations + CertificateTable.migrations + NoticeTable.migrations + PaperTable.migrations
        + SealTable.migrations + WindowShape.migrations + DeliveryShape.migrations + ExchangeShape.migrations
        + SupervisionShape.migrations
}

/// Finds the key with which a body signs.
package protocol SignerSource: Sendable {
    /// The body's signer; makes its key when it has none yet, or throws when it may not.
    func signer(for body: CreditCode) throws -> any Signer
}

/// The simulation's signer for every body: everybody can compute its key, and every verifier answers UNTRUSTED.
package struct SimulationSigners: SignerSource {
    private let signer: SimulationSigner

    /// The signer of this seed.
    package init(seed: UInt64) throws {
        signer = try SimulationSigner(seed: seed)
    }

    package func signer(for body: CreditCode) throws -> any Signer { signer }
}
