package import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
package import Hall
import Hummingbird
package import Identity
import Notices
package import Signing
import Vocabulary

/// Everything that pages are made from, put together once at start.
package struct Site: Sendable {
    let hall: Hall
    let interior: Interior
    let signIn: SignIn
    let accountKey: AccountKey
    let composer: GuideComposer
    var tables: CodeTables { composer.tables }
    let regions: Gazetteer
    /// Where places lie on the map.
    let tiles: [MapTile]
    let refusals: RefusalSentences
    /// What a verifier says of files.
    let verdicts: ReportSentences
    /// The words of what people are told.
    let notices: NoticeTemplates
    /// Public pages that were made lately.
    let keptPages = KeptPages()
    /// How often partners ask.
    let partners = PartnerMeter()
    /// The keys whose signatures count, as they are now.
    let trustedKeys: @Sendable () throws -> TrustedKeys
    /// Whether cookies are sent over https only.
    let isSecure: Bool
    /// What prints papers.
    let press: Press
    /// What those who run the house look at.
    package let operations: Operations
    /// The key of the public log of certificates; its name is the log's. Nil for a site that keeps none.
    package var logKey: NoteVerifierKey?
    /// By what evidence packs are sealed and signed; nil for a site that makes none.
    package var evidence: EvidenceKeys?
    /// The official account at WeChat that this site answers for; nil for none.
    package var weChat: WeChatAccount?

    /// The provider of unified identities through which people may sign in; nil for none.
    package var identity: IdentityProvider?

    /// A site on a hall.
    package init(
        hall: Hall, interior: Interior, entrance: (signIn: SignIn, key: AccountKey, isSecure: Bool), press: Press,
        trustedKeys: @escaping @Sendable () throws -> TrustedKeys
    ) throws {
        self.hall = hall
        self.interior = interior
        (signIn, accountKey, isSecure) = entrance
        self.press = press
        self.trustedKeys = trustedKeys
        operations = Operations(startedAt: hall.time.now())
        composer = try GuideComposer.shipped()
        regions = try Gazetteer.shipped()
        tiles = try MapTile.shipped()
        refusals = try RefusalSentences.shipped()
        verdicts = try ReportSentences.shipped()
        notices = try NoticeTemplates.shipped()
    }

    /// The tokens of a form for this visitor.
    func tokens(_ context: some DoorContext) -> FormTokens {
        FormTokens(csrf: context.site.csrf, command: hall.newToken())
    }
}
