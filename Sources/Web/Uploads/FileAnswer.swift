import Dossiers
import Hall
import HTTPTypes
import Hummingbird

extension Site {
    /// A file that was handed in with a dossier.
    func file(_ digest: String, of dossier: Dossier) async throws -> Response {
        try await file(digest, among: dossier.materials)
    }

    /// A file of these materials, under the kind that its bytes say; anything else is not there.
    /// It is always a download, whatever it holds.
    func file(_ digest: String, among materials: [HandedIn]) async throws -> Response {
        guard let bytes = try await hall.bytes(ofFile: digest, among: materials), let kind = FileKind(beginning: bytes)
        else { throw DoorRefusal.noSuchPage }
        return Response(
            status: .ok,
            headers: [
                .contentType: kind.mediaType, .contentLength: "\(bytes.count)",
                .contentDisposition: "attachment; filename=\"\(digest.prefix(12)).\(kind.rawValue)\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
