package import Hummingbird
import NIOCore

/// A request to a far side, with its connection, which can be closed without an answer.
package struct FarContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Closes the connection: nothing is answered.
    func breakOff() throws -> Never {
        channel.close(promise: nil)
        throw CancellationError()
    }

    /// Whether the other side is still there.
    var isOpen: Bool { channel.isActive }
}
