module.exports = { setupFilesAfterEnv: ['@usagekit/react/testing/jest'] };
