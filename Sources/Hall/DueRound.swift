import Store
import Vocabulary

extension Hall {
    /// Does to each of what is due what time does to it, one after the other, so that one that cannot be done holds up
    /// no other. Answers how many were done, and what stood against the others, which are tried again in the next
    /// round. Throws only what stands against all of them: a store that does not answer, an end of the work.
    func each<Due: Hashable>(
        _ due: [Due], _ work: (Due) async throws -> Void
    ) async throws -> (done: Int, failed: [Due: String]) {
        var (done, failed) = (0, [Due: String]())
        for one in due {
            do {
                try await work(one)
                done += 1
            } catch {
                if error is CancellationError || (error as? Fault)?.isRetryable == true { throw error }
                failed[one] = (error as? any Refusal)?.code ?? "\(error)"
            }
        }
        return (done, failed)
    }
}
