import HTTPTypes
package import Hummingbird

extension Assets {
    /// Answers `GET /assets/{file}` from memory; an address with an outdated digest is 404.
    package func addRoutes(to router: some RouterMethods<some RequestContext>) {
        router.get("/assets/{file}") { request, _ in
            guard let asset = at(request.uri.path) else { throw HTTPError(.notFound) }
            var headers: HTTPFields = [
                .contentType: asset.contentType, .cacheControl: Asset.cacheControl, .eTag: asset.etag,
            ]
            guard request.headers[.ifNoneMatch] != asset.etag else {
                return Response(status: .notModified, headers: headers)
            }
            headers[.contentLength] = String(asset.bytes.count)
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
        }
    }
}
