import Testing
import Vocabulary

@Suite struct AssuranceLevelTests {
    @Test func `a certificate proves more than a real name, and that more than an account`() {
        #expect(AssuranceLevel.allCases.sorted() == [.registered, .realName, .certificate])
        #expect(AssuranceLevel.registered < .realName && AssuranceLevel.realName < .certificate)
    }

    @Test func `filing under a real name is usual; whoever hands the paper in first may file with any account`() {
        let usual = ServiceMode.all.filter { $0.submission == .online }.map { LevelDemands.usual.level(for: $0) }
        #expect(usual == [.realName, .realName, .realName, .realName, .registered])
    }

    @Test func `a house may demand more of one mode, and the others stay as they are`() throws {
        let demands = try #require(LevelDemands("O5=realName;O1=certificate"))
        #expect(demands.level(for: .fullyOnline) == .certificate)
        #expect(demands.level(for: .preReviewThenCounter) == .realName)
        #expect(demands.level(for: .onlineThenCourier) == .realName)
        #expect("\(demands)" == "O1=certificate;O5=realName")
        #expect(LevelDemands("") == .usual)
    }

    @Test(arguments: ["O1", "O1=", "O9=realName", "O1=gold", "O1=realName;O1=certificate", "O1=realName=x"])
    func `what is no mode and no level is refused`(_ text: String) {
        #expect(LevelDemands(text) == nil)
    }
}
