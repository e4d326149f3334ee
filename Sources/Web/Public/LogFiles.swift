import Accounts
import Certificates
import HTTPTypes
import Hall
import Hummingbird
import Signing
import Vocabulary

/// `GET /log/certificates/…`: the public log of certificates as files for monitors (c2sp.org/tlog-tiles).
struct LogFiles {
    /// Seconds that a checkpoint may be kept by others.
    private static let checkpointSeconds = 5

    let site: Site

    /// The newest checkpoint.
    func checkpoint(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let checkpoint = try await site.hall.logCheckpoint() else { throw CertificateLogRefusal.noSuchPart }
        return .plain(checkpoint.note, cache: "public, max-age=\(Self.checkpointSeconds)")
    }

    /// The key that signs checkpoints, as verifiers take it.
    func key(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let key = site.logKey else { throw CertificateLogRefusal.noSuchPart }
        return .plain(key.text + "\n", cache: "public, max-age=3600")
    }

    /// A tile of hashes or a bundle of lines; what is there stays as it is for ever.
    func part(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let part = LogPart(context.parameters.getCatchAll()) else { throw CertificateLogRefusal.noSuchPart }
        let bytes: [UInt8]
        if let level = part.level {
            bytes = try await site.hall.logTile(level: level, index: part.index, count: part.count)
        } else {
            let lines = try await site.hall.logBundle(part.index, count: part.count)
            bytes = lines.flatMap { [UInt8($0.count >> 8), UInt8($0.count & 255)] + $0 }
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .contentLength: "\(bytes.count)",
                .cacheControl: Asset.cacheControl,
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// `GET /certificates/{certificate}/log/{position}`: the proof that something stands in the public log, for the holder
/// of the certificate: with it anybody whom she gives the file can check it without asking us.
struct CertificateLogFile {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        guard let id = CertificateID(try context.parameters.require("certificate")),
            let position = Int(try context.parameters.require("position"))
        else { throw DoorRefusal.noSuchPage }
        let holders = try await site.hall.principals(of: context.citizen, in: .everything).map(\.id)
        _ = try await site.hall.open(id, for: holders)
        guard let found = try await site.hall.logProofs(of: id).first(where: { $0.position == position }) else {
            throw CertificateLogRefusal.notLogged
        }
        var response = Response.plain(found.proof.text, cache: "no-store")
        response.headers[.contentDisposition] = "attachment; filename=\"\(position).tlog-proof\""
        return response
    }
}

extension Response {
    /// A text as it is.
    static func plain(_ text: String, cache: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .contentLength: "\(text.utf8.count)", .cacheControl: cache,
            ], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
