import Certificates
import Foundation
import Hall
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// What is kept in memory of certificates answers fast and never what is no longer true.
@Suite struct RegisterReadingTests {
    /// A hall with one certificate in force, and whom a verifier trusts.
    private struct Register {
        let story: HallStory
        let certificate: Certificate
        let keys: TrustedKeys
        var hall: Hall { story.hall }

        init(_ store: any Store) async throws {
            story = try HallStory(store: store)
            _ = try await story.granted()
            try await story.settle()
            let found = try await store.read { tx in
                try CertificateTable.load(try CertificateTable.held(by: HallStory.applicant, in: tx)[0].id, in: tx)
            }
            certificate = try #require(found)
            keys = try TrustedKeys([])
        }

        func ask() async throws -> Hall.Verification {
            try await hall.verify(certificate.reservation.identifier.description, trusting: keys)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was judged good is found revoked by the very next question`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let register = try await Register(store)
            for _ in 0..<3 { #expect(try await register.ask().standing == .valid) }
            let stamp = register.hall.stamp(of: .platform)
            try await store.write { tx in
                try CertificateTable.end(register.certificate.id, .revoked, stamp: stamp, in: tx)
            }
            #expect(try await register.ask().standing == .ended)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was erased is not told from memory`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let register = try await Register(store)
            for _ in 0..<2 { #expect(try await register.ask().certificate.personal != nil) }
            try await store.write { tx in try CertificateTable.forget(HallStory.applicant, in: tx) }
            let found = try await register.ask()
            #expect(found.certificate.personal == nil && found.verdict == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `many who ask at once each get their own answer`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let register = try await Register(store)
            let known = register.certificate.reservation.identifier.description
            let unknown = try #require(
                CertificateIdentifier(
                    type: register.certificate.reservation.identifier.type,
                    issuer: register.certificate.reservation.identifier.issuer, serial: "NOBODY", version: 1)
            ).description
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<600 {
                    group.addTask {
                        let text = number.isMultiple(of: 3) ? unknown : known
                        do {
                            let found = try await register.hall.verify(text, trusting: register.keys)
                            return found.certificate.reservation.identifier.description == text
                        } catch CertificateRefusal.notFound {
                            return text == unknown
                        }
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }
}
