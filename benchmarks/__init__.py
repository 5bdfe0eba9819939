"""What things cost, measured beside what else does the job, in one run."""
