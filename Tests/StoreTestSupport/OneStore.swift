import Store

extension StoreUnderTest {
    /// The embedded store alone, for tests whose subject is not the store.
    package static let sqlite = StoreUnderTest(dialect: .sqlite)
    /// The server store alone.
    package static let postgres = StoreUnderTest(dialect: .postgres)
}
