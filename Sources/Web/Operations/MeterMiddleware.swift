import HTTPTypes
import Hummingbird
import Logging

/// Counts every answer and writes one line of the log for it: method, route, status, time. Never the address itself,
/// which may hold a number of somebody, nor anything that was sent.
struct MeterMiddleware: RouterMiddleware {
    let meter: Meter

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        meter.begin()
        var status = 500
        defer {
            let time = start.duration(to: clock.now)
            let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
            let route = context.endpointPath ?? "NotFound"
            meter.end(
                Meter.Answer(method: request.method.rawValue, route: route, status: status), seconds: seconds)
            context.logger.log(
                level: route.hasPrefix("/health") || route == "/metrics" || route.hasPrefix("/assets") ? .debug : .info,
                "answered",
                metadata: [
                    "method": "\(request.method.rawValue.prefix(16))", "route": "\(route)", "status": "\(status)",
                    "milliseconds": "\((seconds * 1000).rounded())",
                ])
        }
        let response = try await next(request, context)
        status = response.status.code
        return response
    }
}
