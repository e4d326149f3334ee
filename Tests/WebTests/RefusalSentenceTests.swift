import Accounts
import Catalogue
import Certificates
import Delivery
import Documents
import Dossiers
import Exchange
import Foundation
import Hall
import Identity
import Notices
import Signing
import Store
import Supervision
import Testing
import Vocabulary
import Windows

@testable import Web

@Suite struct RefusalSentenceTests {
    /// Every code that a page or a program can meet.
    private static let codes = [
        APIRefusal.codes, DocumentRefusal.codes, DoorRefusal.codes, FormRefusal.codes, DossierRefusal.codes,
        ChangeRefusal.codes, ParcelRefusal.codes, CustodyRefusal.codes, ShelfRefusal.codes, CourierRefusal.codes,
        SettlementRefusal.codes, DraftRefusal.codes, AssistanceRefusal.codes, PartnerRefusal.codes,
        ApplicationRefusal.codes,
        UploadRefusal.codes, BlobRefusal.codes, NoticeRefusal.codes,
        TokenRefusal.codes, PermitRefusal.codes, PerformerRefusal.codes, LookupRefusal.codes, CertificateRefusal.codes,
        CertificateUseRefusal.codes, WindowRefusal.codes, QueueRefusal.codes, AppointmentRefusal.codes,
        ExchangeRefusal.codes, LinkRefusal.codes, RecordRefusal.codes, OrderRefusal.codes, LightRefusal.codes,
        KioskRefusal.codes, ProviderRefusal.codes, IdentityLinkRefusal.codes, LevelRefusal.codes,
        WeChatRefusal.codes, TableRefusal.codes, WorkbookRefusal.codes, ZipRefusal.codes, SealRefusal.codes,
        CMSRefusal.codes, COSERefusal.codes, TrustListRefusal.codes, HardwareRefusal.codes,
        ["login.wrong", "login.wait", "login.session-ended", "login.forged", "login.form-expired", "fault.busy"],
        [
            "fault.broken", "catalogue.item-not-found", "accounts.number-known", "accounts.staff-not-found",
            "accounts.staff-left",
        ],
    ].flatMap { $0 }.sorted()

    @Test func `every refusal that a page can meet says what happened and what to do next, in both languages`() throws {
        let sentences = try RefusalSentences.shipped()
        let tables = try WordTables.shipped()
        #expect(Set(Self.codes).subtracting(sentences.codes) == [])
        for code in Self.codes {
            for language in Language.allCases {
                let sentence = sentences[code, tables.words(.portal, language)]
                #expect(!sentence.what.isEmpty && !sentence.mend.isEmpty, "\(code)")
                #expect(sentence.what != code)
            }
        }
    }

    @Test func `docs/codes.md lists every code with its sentence`() throws {
        let sentences = try RefusalSentences.shipped()
        let words = try WordTables.shipped().words(.portal, .en)
        let lines = sentences.codes.filter { $0 != "other" }.map { code in
            let sentence = sentences[code, words]
            return "| `\(code)` | \(sentence.what) | \(sentence.mend) |"
        }
        let others = [
            AccountRefusal.codes, CatalogueRefusal.codes, LoginRefusal.codes, KeyRefusal.codes, NoteRefusal.codes,
            KeyRingRefusal.codes, BackupRefusal.codes, SheetRowRefusal.codes,
        ].flatMap { $0 }.filter { !sentences.codes.contains($0) }.sorted().map { "| `\($0)` | | |" }
        let page = """
            # Codes

            Every refusal has a stable code; a code is never reused. Pages show the sentence and the way out, never the code alone.
            Codes without a sentence are met by administrators and programs, not on pages.

            | code | what happened | what to do next |
            |---|---|---|
            \((lines + others).joined(separator: "\n"))

            """
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/codes.md")
        if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
            try Data(page.utf8).write(to: path)
        }
        #expect(try String(contentsOf: path, encoding: .utf8) == page)
    }
}
