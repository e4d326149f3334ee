import Dossiers
import Foundation
import HTTPTypes
import Hummingbird
import Vocabulary

/// The addresses of pages. A verb is a noun: `POST /window/dossiers/{id}/acceptance`.
enum Paths {
    static func signIn(back: String) -> String { "/sign-in?back=\(query(back))" }
    static func item(_ code: String) -> String { "/items/\(code)" }
    /// How often one must come for an item; `query` says in which situation.
    static func trips(_ code: String, _ query: String = "") -> String { "/items/\(code)/trips" + query }
    /// The guide's print; `query` says for which situation.
    static func guidePrint(_ code: String, _ query: String = "") -> String { "/items/\(code)/guide.pdf" + query }
    /// The item's form on paper; `query` says for which situation, or that it is the sample.
    static func form(_ code: String, _ query: String = "") -> String { "/items/\(code)/form.pdf" + query }
    static let sample = "?sample=1"
    static func screen(_ code: String, at place: Region?) -> String { "/items/\(code)/screen" + at(place) }
    /// The hall's big screen, of its place where it has one.
    static func hallScreen(at place: Region?) -> String { "/screen" + at(place) }
    /// The items of one theme there, from one of them on.
    static func hallScreen(at place: Region?, theme: String, from: Int = 0) -> String {
        let own = place.map { "place=\($0.code)&" } ?? ""
        return "/screen?\(own)theme=\(query(theme))" + (from > 0 ? "&from=\(from)" : "")
    }
    private static func at(_ place: Region?) -> String { place.map { "?place=\($0.code)" } ?? "" }
    static func draft(_ id: DraftID, _ step: String) -> String { "/drafts/\(id)/\(step)" }
    static func dossier(_ id: DossierID) -> String { "/dossiers/\(id)" }
    static func window(_ id: DossierID) -> String { "/window/dossiers/\(id)" }
    static func office(_ id: DossierID) -> String { "/office/dossiers/\(id)" }
    static func issuing(_ id: DossierID) -> String { "/issuing/dossiers/\(id)" }
    static func certificate(_ id: CertificateID) -> String { "/certificates/\(id)" }
    static func presentations(_ id: CertificateID) -> String { "\(certificate(id))/presentations" }
    static func certificateLog(_ id: CertificateID, _ position: Int) -> String {
        "\(certificate(id))/log/\(position)"
    }
    static let keptCertificates = "/office/certificates"
    static func keptCertificate(_ id: CertificateID) -> String { "\(keptCertificates)/\(id)" }
    static let calendar = "/office/calendar"
    static let calendarPreview = calendar + "/preview"
    static func calendarEdition(_ number: Int) -> String { "/office/calendar/editions/\(number)" }
    static func sheet(_ slug: String) -> String {
        "/office/catalogue/" + (slug.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? "")
    }
    static func verify(_ identifier: String) -> String { "/verify?identifier=\(query(identifier))" }

    static func query(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    /// A place of this site to go back to; anything else becomes the fallback. Browsers drop tabs and line breaks from
    /// an address, so one with a space, a control character or anything but ASCII is not taken.
    static func safe(_ back: String, or fallback: String) -> String {
        let isPlain = back.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        return back.hasPrefix("/") && !back.hasPrefix("//") && isPlain ? back : fallback
    }
}

extension Response {
    /// A page.
    static func page(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .contentLength: "\(html.bytes.count)"],
            body: .init(byteBuffer: ByteBuffer(bytes: html.bytes)))
    }

    /// After a deed, the reader is sent to see its result, so that reloading does nothing twice.
    static func seeOther(_ path: String) -> Response {
        .redirect(to: path, type: .normal)
    }
}
